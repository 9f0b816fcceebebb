#include "common/rpc/listing.h"

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <tuple>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/stamper.h"
#include "common/rpc/standard_methods.h"
#include "common/status/macros.h"
#include "google/protobuf/descriptor.h"

namespace concord::rpc {

using google::protobuf::Descriptor;
using google::protobuf::Message;

void CheckListing(const Message& request, const Descriptor& row, Violations& violations) {
  if (const auto filter = aip::Filter::Bind(StringField(request, "filter"), row); !filter.ok()) {
    violations.Add("filter", filter.status().message());
  }
  if (const auto order = aip::OrderBy::Bind(StringField(request, "order_by"), row); !order.ok()) {
    violations.Add("order_by", order.status().message());
  }
}

absl::StatusOr<Listing> Listing::Begin(const Message& request, const Descriptor& row, absl::string_view last_key) {
  CONCORD_ASSIGN_OR_RETURN(aip::Filter filter, aip::Filter::Bind(StringField(request, "filter"), row));
  CONCORD_ASSIGN_OR_RETURN(aip::OrderBy order, aip::OrderBy::Bind(StringField(request, "order_by"), row));
  Listing listing(std::move(filter), std::move(order), static_cast<size_t>(PageSizeOf(request)));
  if (listing.order_.empty()) {
    listing.after_ = std::string(last_key);
  } else if (!last_key.empty()) {
    const size_t end = last_key.find('\n');
    if (end == absl::string_view::npos || !absl::Base64Unescape(last_key.substr(0, end), &listing.after_key_)) {
      return absl::InternalError("a page token of an ordered list without its place in the order");
    }
    listing.after_name_ = std::string(last_key.substr(end + 1));
  }
  return listing;
}

bool Listing::Offer(const ledger::Resource& row) {
  if (!filter_.Holds(*row.message)) return true;
  if (order_.empty()) {
    places_.push_back({"", &row});
    bytes_ += row.bytes.size();
    // One more than fits tells that there is a next page.
    return places_.size() <= size_ && (bytes_ <= kPageBytes || places_.size() == 1);
  }
  std::string key = order_.KeyOf(*row.message);
  if (std::tie(key, row.name) > std::tie(after_key_, after_name_) || after_name_.empty()) {
    places_.push_back({std::move(key), &row});
  }
  return true;
}

size_t Listing::CountThatFit(size_t count) const {
  size_t bytes = 0;
  for (size_t i = 0; i < count; ++i) {
    bytes += places_[i].row->bytes.size();
    if (bytes > kPageBytes) return std::max<size_t>(i, 1);
  }
  return count;
}

void Listing::AddTo(ListReply& reply) {
  size_t count = std::min(places_.size(), size_);
  if (!order_.empty()) {
    const auto end = places_.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(places_.begin(), end, places_.end(), [](const Place& a, const Place& b) {
      return std::tie(a.key, a.row->name) < std::tie(b.key, b.row->name);
    });
  }
  count = CountThatFit(count);
  for (size_t i = 0; i < count; ++i) reply.Add(*places_[i].row);
  if (places_.size() == count) return;
  const Place& last = places_[count - 1];
  next_key_ = order_.empty() ? last.row->name : absl::StrCat(absl::Base64Escape(last.key), "\n", last.row->name);
}

namespace {

// Whether what stands above a resource lives. Children of one parent mostly come one after the other.
class LivingParents {
 public:
  explicit LivingParents(Context& context) : context_(context) {}

  bool HasLiving(const std::string& name) {
    // The names of one type have all as many parts, so that the begin is the parent.
    if (above_.empty() || !absl::StartsWith(name, above_)) {
      const absl::string_view parent = aip::ParentOf(name);
      above_ = parent.empty() ? "" : absl::StrCat(parent, "/");
      lives_ = DeletedAncestorOf(context_, name).empty();
    }
    return lives_;
  }

 private:
  Context& context_;
  std::string above_;
  bool lives_ = true;
};

// Offers rows some time after they came, for by then what the filter reads of them is at hand.
class RowsAnnounced {
 public:
  explicit RowsAnnounced(Listing& listing) : listing_(listing) {}

  bool Offer(const ledger::Resource& row) {
    listing_.Announce(row);
    OfferNext(&row);
    return more_;
  }

  // Once no further row comes: those that wait.
  void OfferTheRest() {
    for (size_t i = 0; i < rows_.size() && more_; ++i) OfferNext(nullptr);
  }

 private:
  // The row that has waited longest; another one takes its place.
  void OfferNext(const ledger::Resource* row) {
    const ledger::Resource* earlier = std::exchange(rows_[next_], row);
    next_ = (next_ + 1) % rows_.size();
    more_ = earlier == nullptr || listing_.Offer(*earlier);
  }

  Listing& listing_;
  std::array<const ledger::Resource*, 8> rows_ = {};
  size_t next_ = 0;
  bool more_ = true;  // Whether the list needs further rows.
};

// Offers rows with their facts of a day, and keeps those that the list looks at still.
class RowsOnDay {
 public:
  RowsOnDay(absl::CivilDay day, const FactsOnDay& facts, Listing& listing)
      : day_(day), facts_(facts), listing_(listing) {}

  bool Offer(const ledger::Resource& resource) {
    rows_.push_back(OnDay(resource, day_, facts_));
    const size_t kept = listing_.kept();
    const bool more = listing_.Offer(rows_.back());
    if (listing_.kept() == kept) rows_.pop_back();
    return more;
  }

 private:
  const absl::CivilDay day_;
  const FactsOnDay& facts_;
  Listing& listing_;
  std::deque<ledger::Resource> rows_;  // Where they stay when more are added.
};

absl::StatusOr<Reply> ListChildren(const ResourceType& type, const PageTokens& tokens, const Message& request,
                                   const Message& response, const FactsOnDay& facts_on, Context& context) {
  const std::string parent = StringField(request, "parent");
  if (const absl::string_view above = aip::AboveWildcards(parent); !above.empty()) {
    CONCORD_RETURN_IF_ERROR(FindOrNotFound(context, above).status());
  }
  const std::string scope = type.ScopeOf(parent);
  const ledger::SnapshotPtr snapshot = context.Scope(scope);
  if (snapshot == nullptr) return Reply();  // Comes again once it is at hand.
  CONCORD_ASSIGN_OR_RETURN(const std::string last_key, tokens.Open(request, scope, snapshot->position()));
  const Descriptor& row = *type.collection().prototype->GetDescriptor();
  CONCORD_ASSIGN_OR_RETURN(Listing listing, Listing::Begin(request, row, last_key));
  const bool show_deleted = HasField(request, "show_deleted");
  LivingParents parents(context);
  const auto day = OnDateOf(request);
  RowsOnDay dated(day.value_or(absl::CivilDay()), facts_on, listing);
  RowsAnnounced announced(listing);
  const bool on_day = day.has_value() && facts_on;
  context.ForEach(type, scope, parent, listing.after(), [&](const ledger::Resource& resource) {
    const bool hidden = !show_deleted && (resource.deleted || !parents.HasLiving(resource.name));
    return hidden || resource.sealed || (on_day ? dated.Offer(resource) : announced.Offer(resource));
  });
  announced.OfferTheRest();
  ListReply reply(response.GetDescriptor()->FindFieldByName(type.pattern().CollectionField())->number());
  listing.AddTo(reply);
  std::unique_ptr<Message> rest(response.New());
  const auto& reflection = *rest->GetReflection();
  if (!listing.NextKey().empty()) {
    reflection.SetString(rest.get(), rest->GetDescriptor()->FindFieldByName("next_page_token"),
                         tokens.Make(request, scope, snapshot->position(), listing.NextKey()));
  }
  for (const concord::type::ScopeRevision& revision : context.Revisions()) {
    reflection.AddMessage(rest.get(), rest->GetDescriptor()->FindFieldByName("revisions"))->CopyFrom(revision);
  }
  return reply.Finish(*rest);
}

}  // namespace

Method ListMethod(const ResourceType& type, const PageTokens& tokens, const Message& request, const Message& response,
                  const FactsOnDay& facts_on) {
  Method method;
  method.name = MethodNameOf(request);
  method.prototype = &request;
  method.about = [](const Message& r) { return std::string(aip::AboveWildcards(StringField(r, "parent"))); };
  method.validate = [&type](const Message& r, Violations& violations) {
    CheckParentOf(type, StringField(r, "parent"), violations);
    CheckListing(r, *type.collection().prototype->GetDescriptor(), violations);
    CheckOnDate(r, violations);
  };
  method.read = [&type, &tokens, &response, facts_on](const Message& r, Context& context) {
    return ListChildren(type, tokens, r, response, facts_on, context);
  };
  return method;
}

}  // namespace concord::rpc
