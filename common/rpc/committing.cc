#include "common/rpc/committing.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/ledger/digest.h"
#include "common/ledger/encoding.h"
#include "common/rpc/stamper.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/rpc/v1/error_reason.pb.h"

namespace concord::rpc {
namespace {

using google::protobuf::Message;

std::string ImageOf(const Message& message) {
  const std::unique_ptr<Message> copy = CopyOf(message);
  EtagStamper::Strip(*copy);
  return ledger::Encode(*copy);
}

void AddUniqueValues(const ledger::Collection& collection, const Message* before, const Message* after,
                     const std::string& name, ledger::Commit& commit) {
  if (!collection.unique_values) return;
  const auto had = before == nullptr ? std::vector<std::string>() : collection.unique_values(*before);
  const auto has = after == nullptr ? std::vector<std::string>() : collection.unique_values(*after);
  for (const std::string& value : had) {
    if (std::find(has.begin(), has.end(), value) == has.end()) commit.releases.emplace_back(value, name);
  }
  for (const std::string& value : has) {
    if (std::find(had.begin(), had.end(), value) == had.end()) commit.reservations.emplace_back(value, name);
  }
}

// What was there before. Looking it up through the context makes it a precondition.
const ledger::Resource* AddChange(const std::string& name, const Message* after, Context& context,
                                  ledger::Commit& commit) {
  const ledger::Collection& collection = context.types().Of(name)->collection();
  const ledger::Resource* before = context.Find(name);
  std::string image = after == nullptr ? "" : ImageOf(*after);
  if (after != nullptr && before != nullptr && ImageOf(*before->message) == image) return before;
  if (after == nullptr && before == nullptr) return before;
  ledger::v1::Change& change = *commit.body.add_changes();
  change.set_name(name);
  change.set_collection(collection.id);
  change.set_end(after == nullptr);
  change.set_image(std::move(image));
  if (before != nullptr) {
    change.set_previous_revision(before->stamp.revision);
    change.set_create_time_micros(absl::ToUnixMicros(before->stamp.create_time));
  }
  AddUniqueValues(collection, before == nullptr ? nullptr : before->message.get(), after, name, commit);
  return before;
}

}  // namespace

std::string FingerprintOf(const std::string& method, const Message& request) {
  const std::unique_ptr<Message> copy = CopyOf(request);
  if (const auto* id = copy->GetDescriptor()->FindFieldByName("request_id"); id != nullptr) {
    copy->GetReflection()->ClearField(copy.get(), id);
  }
  return ledger::Sha256Hex(absl::StrCat(method, "\n", ledger::Encode(*copy)));
}

std::string RequestKeyOf(const std::string& principal, const std::string& method, const std::string& request_id) {
  return ledger::Sha256Hex(absl::StrCat(principal, "\n", method, "\n", request_id));
}

absl::StatusOr<ledger::Commit> MakeCommit(const Change& change, const std::string& fingerprint, Context& context) {
  ledger::Commit commit;
  commit.scope = change.scope;
  for (const Change::Put& put : change.puts) {
    if (!context.IsHidden(put.name)) continue;
    return MakeError(absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_RESOURCE_ALREADY_EXISTS,
                     "{name} exists already (deleted: {deleted}): choose another id",
                     {{"name", put.name}, {"deleted", "false"}});
  }
  for (const Change::Put& put : change.puts) AddChange(put.name, put.message.get(), context, commit);
  for (const std::string& name : change.ends) AddChange(name, nullptr, context, commit);
  const int64_t bytes = ledger::ImageBytes(commit.body);
  if (commit.body.changes_size() > ledger::kCommitResourceLimit || bytes > ledger::kCommitBytesLimit) {
    return MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_CHANGE_TOO_LARGE,
                     "the change has {resources} resources of {size_bytes} bytes: at most 500 and 1 MiB at a time",
                     {{"resources", absl::StrCat(commit.body.changes_size())}, {"size_bytes", absl::StrCat(bytes)}});
  }
  const CallFacts& facts = context.facts();
  commit.body.set_principal(facts.caller.principal);
  commit.body.set_request_id(facts.request_id);
  commit.body.set_method(facts.method);
  commit.body.set_trace_id(facts.trace_id);
  commit.body.set_reason(change.reason);
  commit.request_key = facts.request_key;
  commit.request_record.set_fingerprint(fingerprint);
  absl::flat_hash_set<absl::string_view> written;
  for (const ledger::v1::Change& made : commit.body.changes()) written.insert(made.name());
  for (const std::string& name : change.answers) {
    ledger::v1::AnswerPart& part = *commit.request_record.add_answers();
    part.set_name(name);
    const ledger::Resource* kept = written.contains(name) ? nullptr : context.Find(name);
    part.set_revision(kept == nullptr ? 0 : kept->stamp.revision);
  }
  commit.preconditions = context.PreconditionsOf(change.scope);
  return commit;
}

namespace {

// What the event made of the resource of this name.
absl::StatusOr<ledger::ResourcePtr> AnswerIn(const ledger::Event& event, const std::string& name,
                                             const std::string& scope, const std::string& epoch,
                                             const ResourceTypes& types, const ledger::Stamper& stamper) {
  for (const ledger::v1::Change& change : event.body.changes()) {
    if (change.name() != name) continue;
    return ledger::ResourceAfter(change, event, scope, epoch, types.Of(name)->collection(), stamper);
  }
  return absl::DataLossError(absl::StrCat("revision ", event.revision, " did not change ", name));
}

// Reads the events of an answer one after the other.
class Recall : public std::enable_shared_from_this<Recall> {
 public:
  using Callback = std::function<void(absl::StatusOr<std::vector<ledger::ResourcePtr>>)>;

  Recall(ledger::Store& store, std::string scope, ledger::RememberedRequest remembered, const ResourceTypes& types,
         const ledger::Stamper& stamper, Callback callback)
      : store_(store),
        scope_(std::move(scope)),
        remembered_(std::move(remembered)),
        types_(types),
        stamper_(stamper),
        callback_(std::move(callback)) {}

  void Next() {
    if (next_ == remembered_.record.answers_size()) return callback_(std::move(answers_));
    const ledger::v1::AnswerPart& part = remembered_.record.answers(next_);
    const int64_t revision = part.revision() == 0 ? remembered_.revision : part.revision();
    store_.ReadEvent(scope_, revision, [self = shared_from_this(), revision](absl::StatusOr<ledger::Event> event) {
      self->Take(revision, event);
    });
  }

 private:
  // All parts of the answer that stand one after the other in this event.
  void Take(int64_t revision, const absl::StatusOr<ledger::Event>& event) {
    if (!event.ok()) return callback_(event.status());
    for (; next_ < remembered_.record.answers_size(); ++next_) {
      const ledger::v1::AnswerPart& part = remembered_.record.answers(next_);
      if ((part.revision() == 0 ? remembered_.revision : part.revision()) != revision) break;
      auto resource = AnswerIn(*event, part.name(), scope_, remembered_.epoch, types_, stamper_);
      if (!resource.ok()) return callback_(resource.status());
      answers_.push_back(*std::move(resource));
    }
    Next();
  }

  ledger::Store& store_;
  const std::string scope_;
  const ledger::RememberedRequest remembered_;
  const ResourceTypes& types_;
  const ledger::Stamper& stamper_;
  const Callback callback_;
  int next_ = 0;
  std::vector<ledger::ResourcePtr> answers_;
};

}  // namespace

absl::StatusOr<std::vector<ledger::ResourcePtr>> AnswersOf(const ledger::Commit& commit, const ledger::Event& event,
                                                           const std::string& epoch, const ledger::Snapshot& seen,
                                                           const ResourceTypes& types, const ledger::Stamper& stamper) {
  std::vector<ledger::ResourcePtr> answers;
  for (const ledger::v1::AnswerPart& part : commit.request_record.answers()) {
    if (part.revision() != 0) {
      ledger::ResourcePtr kept = seen.List(types.Of(part.name())->collection().id).Find(part.name());
      if (kept == nullptr) return absl::DataLossError(absl::StrCat("there was no ", part.name()));
      answers.push_back(std::move(kept));
      continue;
    }
    CONCORD_ASSIGN_OR_RETURN(ledger::ResourcePtr answer,
                             AnswerIn(event, part.name(), commit.scope, epoch, types, stamper));
    answers.push_back(std::move(answer));
  }
  return answers;
}

void RecallAnswers(ledger::Store& store, const std::string& scope, const ledger::RememberedRequest& remembered,
                   const ResourceTypes& types, const ledger::Stamper& stamper,
                   std::function<void(absl::StatusOr<std::vector<ledger::ResourcePtr>>)> callback) {
  std::make_shared<Recall>(store, scope, remembered, types, stamper, std::move(callback))->Next();
}

}  // namespace concord::rpc
