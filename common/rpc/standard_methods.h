// Get, list, create (one or a batch), import, update, delete and undelete, for any type of resource. What a
// resource costs is its schema, its name pattern and its rules.
//
// What lies under something softly deleted is left out of lists with it and cannot be written: RESOURCE_DELETED
// names the topmost deleted one, which has to be undeleted first.
//
// A resource whose field `sealed` is true (for its schema, a bool that is OUTPUT_ONLY) is for the rules only: get,
// list, history and watches do not show it until a commit makes the field false, nor what it was before. Whoever writes
// it is answered with it.
//
// The names of methods and fields follow the type's own: for "plans/{plan}/actions/{action}" the
// request of CreateAction has the fields parent, action, action_id.
#ifndef COMMON_RPC_STANDARD_METHODS_H_
#define COMMON_RPC_STANDARD_METHODS_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/context.h"
#include "common/rpc/dated_facts.h"
#include "common/rpc/method.h"
#include "common/rpc/page_token.h"
#include "common/rpc/resource_type.h"
#include "common/rpc/stamper.h"
#include "google/protobuf/message.h"

namespace concord::rpc {

// The rules of one type. All are pure. `before` is null where there is none.
struct ResourceRules {
  using Message = google::protobuf::Message;

  // What the values of a complete resource must satisfy by themselves; REQUIRED fields are
  // checked apart, and may be absent here. `prefix` is the resource's path in the request, "action".
  // The name is empty where a request names no good parent: what depends on it is passed over then.
  std::function<void(const Message& resource, absl::string_view prefix, Violations& violations)> values;

  // Whether the resource may become what it would be, given all that is around it: create,
  // update and undelete. May fill OUTPUT_ONLY fields of `after`.
  std::function<absl::Status(Context& context, const Message* before, Message& after)> write;

  // The same for what is taken over from another record (import_method.h), which may keep what breaks a rule and say
  // so in the resource. Absent: `write`.
  std::function<absl::Status(Context& context, const Message* before, Message& after)> import;

  // Whether it may be deleted.
  std::function<absl::Status(Context& context, const Message& resource)> remove;

  // For types whose requests have on_date (dated_facts.h).
  FactsOnDay facts_on;
};

// What builds the methods of one type. Everything must outlive the methods.
struct StandardParts {
  const ResourceType* type = nullptr;
  ResourceRules rules;
  const EtagStamper* stamper = nullptr;
  const PageTokens* tokens = nullptr;
};

// Makes methods. Immutable; the methods share its parts.
class StandardMethods {
 public:
  explicit StandardMethods(StandardParts parts);

  Method Get(const google::protobuf::Message& request) const;
  // ListMethod in listing.h. `response` has the rows in the field named like the collection, progress_reports for
  // progressReports.
  Method List(const google::protobuf::Message& request, const google::protobuf::Message& response) const;
  Method Create(const google::protobuf::Message& request) const;
  // BatchCreateMethod in batch_create.h.
  Method BatchCreate(const google::protobuf::Message& request, const google::protobuf::Message& response) const;
  // ImportMethod in import_method.h.
  Method Import(const google::protobuf::Message& request, const google::protobuf::Message& response) const;
  Method Update(const google::protobuf::Message& request) const;
  Method Delete(const google::protobuf::Message& request) const;
  Method Undelete(const google::protobuf::Message& request) const;

  // A named method that leads a living resource from one state to another: StartAction. The
  // request has name, etag, reason; `change` makes the new resource of a copy of the old one.
  Method Change(const google::protobuf::Message& request,
                std::function<absl::Status(Context&, google::protobuf::Message& resource)> change) const;

  // Other resources of the scope, complete, that have to change in the same commit.
  using Further = std::vector<std::unique_ptr<google::protobuf::Message>>;

  // The same where the change depends on what else the request says, and may change others with it.
  template <typename Request, typename Resource>
  Method Change(std::function<absl::Status(const Request&, Context&, Resource&, Further&)> change) const {
    using google::protobuf::Message;
    return ChangeAsAsked(
        Request::default_instance(),
        [change = std::move(change)](const Message& request, Context& context, Message& resource, Further& further) {
          return change(static_cast<const Request&>(request), context, static_cast<Resource&>(resource), further);
        });
  }

  // The same where nothing else changes.
  template <typename Request, typename Resource>
  Method Change(std::function<absl::Status(const Request&, Context&, Resource&)> change) const {
    return Change<Request, Resource>(
        [change = std::move(change)](const Request& request, Context& context, Resource& resource,
                                     Further& /*further*/) { return change(request, context, resource); });
  }

  const ResourceType& type() const;

 private:
  using AskedChange = std::function<absl::Status(const google::protobuf::Message& request, Context&,
                                                 google::protobuf::Message& resource, Further&)>;
  Method ChangeAsAsked(const google::protobuf::Message& request, AskedChange change) const;

  struct State;
  std::shared_ptr<const State> state_;  // Shared by the methods made of it.
};

// "StartAction" of "StartActionRequest".
std::string MethodNameOf(const google::protobuf::Message& request);

// Adds a violation if `name`, the value of `field`, does not fit the pattern.
void CheckName(const aip::NamePattern& pattern, absl::string_view name, absl::string_view field,
               Violations& violations);

// Adds a violation if `parent` is no parent of such resources; ids below the scope's own name may be "-".
void CheckParentOf(const ResourceType& type, absl::string_view parent, Violations& violations);

// The topmost softly deleted resource above the one of this name; empty if all above it live.
std::string DeletedAncestorOf(Context& context, absl::string_view name);

// The resource of this name, deleted or not, for a named method or a rule. NOT_FOUND.
absl::StatusOr<const ledger::Resource*> FindOrNotFound(Context& context, absl::string_view name);

// Whether the unique values of a resource are free for it. ALREADY_EXISTS with VALUE_TAKEN.
absl::Status CheckUnique(const ResourceType& type, Context& context, const google::protobuf::Message& after);

// Whether a resource is softly deleted.
bool IsDeleted(const google::protobuf::Message& resource);

}  // namespace concord::rpc

#endif  // COMMON_RPC_STANDARD_METHODS_H_
