#include "services/concordctl/resource_commands.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "common/status/macros.h"
#include "google/type/date.pb.h"
#include "services/concordctl/details.h"
#include "services/concordctl/names.h"

namespace concord::ctl {
namespace {

using google::protobuf::Message;

std::string LastOf(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// "ACTION/MILESTONE", for the parents have short names of their own.
std::string TypeNameOf(const std::string& path) {
  const std::string parent = ParentPath(path);
  const bool parent_first = !parent.empty() && parent != "plans" && path != "plans/objectives/indicators";
  return parent_first ? absl::StrCat(TypeNameOf(parent), "/", SingularOf(LastOf(path))) : SingularOf(LastOf(path));
}

// In UTC.
std::string TodayOf(Session& session) {
  return aip::FormatDate(aip::FromDay(aip::DayOf(session.surroundings().now())));
}

// Puts a text into a field that the resource is known to have.
absl::Status SetOwnField(const std::string& field, const std::string& text, Message& resource) {
  return SetField({"", field, "", ""}, field, text, "", resource);
}

// The full name of what a text means.
absl::Status SetName(Session& session, const std::string& text, const std::string& path, Message& message) {
  CONCORD_ASSIGN_OR_RETURN(const std::string name, session.Name(text, path));
  SetText(message, "name", name);
  return absl::OkStatus();
}

// Gives a new resource its name and what that implies.
absl::Status StartResource(Session& session, const ResourceKind& kind, const FieldFlags& flags, Message& resource) {
  if (kind.id_from == ResourceKind::IdFrom::kName) {
    return SetName(session, flags.name, kind.path, resource);
  }
  std::string id = flags.period;
  if (kind.id_from == ResourceKind::IdFrom::kPeriod) {
    CONCORD_RETURN_IF_ERROR(SetOwnField("period", flags.period, resource));
  } else {
    const auto given = flags.texts.find("--date");
    const bool today = given == flags.texts.end() || given->second.empty();
    id = today ? TodayOf(session) : given->second.back();
    if (today) CONCORD_RETURN_IF_ERROR(SetOwnField("date", id, resource));
  }
  CONCORD_ASSIGN_OR_RETURN(const std::string parent, session.Name(flags.name, ParentPath(kind.path)));
  CONCORD_ASSIGN_OR_RETURN(const std::string last, ToId(flags.id.empty() ? id : flags.id));
  return SetOwnField("name", absl::StrCat(parent, "/", LastOf(kind.path), "/", last), resource);
}

void DeclareUpdate(CLI::App& command, const ResourceKind& kind, FieldFlags& flags) {
  NameArgument{kind.path}.Declare(command, flags.name);
  DeclareFields(command, kind.options, /*update=*/true, flags.texts);
  AddWriteFlags(command, flags.write, WriteFlags::kWithEtag);
}

}  // namespace

void NameArgument::Declare(CLI::App& command, std::string& value) const {
  if (path == "plans") {
    command.add_option("name", value, "The plan; default: --plan, or the only one there is")->type_name("PLAN");
    return;
  }
  const int words = IdsOf(path);
  const std::string help = optional     ? (IsInPlan(path) ? "A code, an id or a full name; default: all of the plan"
                                                          : "An id or a full name; default: all")
                           : words == 1 ? "A code, an id or a full name"
                                        : "Codes or ids, joined by \"/\" or as words; or a full name";
  CLI::Option* option = nullptr;
  if (words == 1 || optional || !in_words) {
    option = command.add_option("name", value, help);
  } else {
    option = command.add_option_function<std::vector<std::string>>(
        "name", [&value](const std::vector<std::string>& given) { value = absl::StrJoin(given, "/"); }, help);
    option->expected(1, words);
  }
  option->type_name(TypeNameOf(path));
  if (!optional) option->required();
}

absl::StatusOr<std::string> ParentOrAll(Session& session, const std::string& given, const std::string& path) {
  if (path == "plans" || !given.empty()) return session.Name(given, path);
  if (!IsInPlan(path)) return absl::StrCat(absl::StrReplaceAll(path, {{"/", "/-/"}}), "/-");
  CONCORD_ASSIGN_OR_RETURN(const std::string plan, session.Plan());
  return absl::StrCat(plan, absl::StrReplaceAll(path.substr(path.find('/')), {{"/", "/-/"}}).substr(2), "/-");
}

void AddListFlags(CLI::App& command, std::string& filter, std::string& order_by) {
  command.add_option("--filter", filter, "Only rows for which this holds, as 'labels.area = \"training\"'")
      ->type_name("FILTER");
  command.add_option("--order-by", order_by, "Fields, each perhaps with desc, as 'code desc'; default: by name")
      ->type_name("FIELDS");
}

void PrintWritten(Session& session, const std::string& done, const Message& resource, bool dry_run) {
  if (session.settings().json) return session.PrintJson(resource);
  session.Print(WrittenText(done, resource, dry_run));
}

void DeclareCreate(CLI::App& command, const ResourceKind& kind, FieldFlags& flags) {
  if (kind.id_from == ResourceKind::IdFrom::kName) {
    NameArgument{kind.path}.Declare(command, flags.name);
  } else {
    NameArgument{ParentPath(kind.path), /*optional=*/false, /*in_words=*/false}.Declare(command, flags.name);
    const bool period = kind.id_from == ResourceKind::IdFrom::kPeriod;
    if (period) {
      command.add_option("period", flags.period, "2012, 2012-h1, 2012-q3 or 2012-06")->required()->type_name("PERIOD");
    }
    command.add_option("--id", flags.id, period ? "Its id; default: the period" : "Its id; default: the date")
        ->type_name("ID");
  }
  DeclareFields(command, kind.options, /*update=*/false, flags.texts);
  AddWriteFlags(command, flags.write, WriteFlags::kPlain);
}

absl::Status SendCreate(Session& session, const ResourceKind& kind, const FieldFlags& flags, RequestType type,
                        Message& created) {
  const std::unique_ptr<Message> request = NewMessage(type);
  const std::string field = FieldOf(created.GetDescriptor());
  Message& resource = MutablePart(*request, field);
  google::protobuf::FieldMask mask;
  CONCORD_RETURN_IF_ERROR(StartResource(session, kind, flags, resource));
  CONCORD_RETURN_IF_ERROR(FillFields(kind.options, flags.texts, resource, mask));
  CONCORD_RETURN_IF_ERROR(FillDefaults(kind.options, flags.texts, TodayOf(session), resource));
  if (HasField(resource, "code") && GetText(resource, "code").empty()) SetText(resource, "code", LastOf(flags.name));
  const std::string name = GetText(resource, "name");
  if (!kind.member_field.empty() && GetText(resource, kind.member_field).empty()) {
    SetText(resource, kind.member_field, absl::StrCat("members/", aip::LastIdOf(name)));
  }
  if (HasField(*request, "parent")) SetText(*request, "parent", aip::ParentOf(name));
  SetText(*request, field + "_id", aip::LastIdOf(name));
  SetText(*request, "request_id", flags.write.request_id);
  SetFlag(*request, "validate_only", flags.write.dry_run);
  return session.Call(*request, created);
}

void AddVerb(CommandLine& line, CLI::App& parent, const CommandText& text, const std::string& done,
             const std::string& path, RequestType type, const std::vector<FieldOption>& fields) {
  struct Options {
    std::string name;
    std::string date;
    FieldTexts texts;
    WriteOptions write;
  };
  line.Add<Options>(
      parent, text,
      [&](CLI::App& command, Options& options) {
        NameArgument{path}.Declare(command, options.name);
        if (type->FindFieldByName("date") != nullptr) {
          command.add_option("--date", options.date, "The day it happened; default: today in UTC")->type_name("DATE");
        }
        DeclareFields(command, fields, /*update=*/false, options.texts);
        AddWriteFlags(command, options.write, WriteFlags::kWithEtagAndReason);
      },
      [=](Session& session, const Options& options) -> absl::Status {
        const std::unique_ptr<Message> request = NewMessage(type);
        const std::unique_ptr<Message> resource = NewResponse(type);
        CONCORD_RETURN_IF_ERROR(SetName(session, options.name, path, *request));
        SetText(*request, "etag", options.write.etag);
        SetText(*request, "request_id", options.write.request_id);
        SetFlag(*request, "validate_only", options.write.dry_run);
        SetText(*request, "reason", options.write.reason);
        if (!options.date.empty()) {
          CONCORD_RETURN_IF_ERROR(FillDate(options.date, MutablePartAs<google::type::Date>(*request, "date")));
        }
        google::protobuf::FieldMask filled;
        CONCORD_RETURN_IF_ERROR(FillFields(fields, options.texts, *request, filled));
        CONCORD_RETURN_IF_ERROR(session.Call(*request, *resource));
        PrintWritten(session, done, *resource, options.write.dry_run);
        return absl::OkStatus();
      });
}

namespace {

// Of requests that ask about the facts of a day.
void AddOnDate(CLI::App& command, RequestType type, std::string& on_date) {
  if (type->FindFieldByName("on_date") == nullptr) return;
  command.add_option("--on", on_date, "What held on this day, as it is known; default: what holds without an end")
      ->type_name("DATE");
}

absl::Status SetOnDate(const std::string& text, Message& request) {
  if (text.empty()) return absl::OkStatus();
  return FillDate(text, MutablePartAs<google::type::Date>(request, "on_date"));
}

}  // namespace

void AddShow(CommandLine& line, CLI::App& parent, const CommandText& text, const std::string& path, RequestType type,
             const Remarks& remarks) {
  struct Options {
    std::string name;
    std::string on_date;
    std::string as_of;
  };
  line.Add<Options>(
      parent, text,
      [&](CLI::App& command, Options& options) {
        NameArgument{path}.Declare(command, options.name);
        AddOnDate(command, type, options.on_date);
        AddAsOf(command, options.as_of);
      },
      [=](Session& session, const Options& options) -> absl::Status {
        const std::unique_ptr<Message> request = NewMessage(type);
        const std::unique_ptr<Message> resource = NewResponse(type);
        CONCORD_RETURN_IF_ERROR(SetName(session, options.name, path, *request));
        CONCORD_RETURN_IF_ERROR(SetOnDate(options.on_date, *request));
        CONCORD_RETURN_IF_ERROR(SetAsOf(options.as_of, *request));
        CONCORD_RETURN_IF_ERROR(session.Call(*request, *resource));
        if (session.settings().json) {
          session.PrintJson(*resource);
          return absl::OkStatus();
        }
        std::string below;
        if (remarks != nullptr) {
          CONCORD_ASSIGN_OR_RETURN(below, remarks(session, *resource, options.as_of));
        }
        session.Print(DetailsText(*resource, session.surroundings().terminal) + below);
        return absl::OkStatus();
      });
}

void AddList(CommandLine& line, CLI::App& parent, const CommandText& text, const std::string& parent_path,
             RequestType type, const std::vector<FieldColumn>& columns) {
  struct Options {
    std::string parent;
    bool deleted = false;
    std::string filter;
    std::string order_by;
    std::string on_date;
    std::string as_of;
  };
  line.Add<Options>(
      parent, text,
      [&](CLI::App& command, Options& options) {
        if (!parent_path.empty()) NameArgument{parent_path, /*optional=*/true}.Declare(command, options.parent);
        if (type->FindFieldByName("show_deleted") != nullptr) {
          command.add_flag("--deleted", options.deleted, "Those that are deleted, too");
        }
        AddListFlags(command, options.filter, options.order_by);
        AddOnDate(command, type, options.on_date);
        AddAsOf(command, options.as_of);
      },
      [=](Session& session, const Options& options) -> absl::Status {
        const std::unique_ptr<Message> request = NewMessage(type);
        const std::unique_ptr<Message> rows = NewResponse(type);
        if (!parent_path.empty()) {
          CONCORD_ASSIGN_OR_RETURN(const std::string list_parent, ParentOrAll(session, options.parent, parent_path));
          SetText(*request, "parent", list_parent);
        }
        if (options.deleted) SetFlag(*request, "show_deleted", true);
        SetText(*request, "filter", options.filter);
        SetText(*request, "order_by", options.order_by);
        CONCORD_RETURN_IF_ERROR(SetOnDate(options.on_date, *request));
        CONCORD_RETURN_IF_ERROR(SetAsOf(options.as_of, *request));
        CONCORD_RETURN_IF_ERROR(session.ListAll(*request, *rows));
        if (session.settings().json) {
          session.PrintJson(*rows);
        } else {
          session.Print(RowsTable(*rows, columns));
        }
        return absl::OkStatus();
      });
}

void AddUpdate(CommandLine& line, CLI::App& parent, const CommandText& text, const ResourceKind& kind,
               RequestType type) {
  line.Add<FieldFlags>(
      parent, text, [&](CLI::App& command, FieldFlags& flags) { DeclareUpdate(command, kind, flags); },
      [=](Session& session, const FieldFlags& flags) -> absl::Status {
        const std::unique_ptr<Message> request = NewMessage(type);
        const std::unique_ptr<Message> updated = NewResponse(type);
        Message& resource = MutablePart(*request, FieldOf(updated->GetDescriptor()));
        auto& mask = MutablePartAs<google::protobuf::FieldMask>(*request, "update_mask");
        CONCORD_RETURN_IF_ERROR(SetName(session, flags.name, kind.path, resource));
        CONCORD_RETURN_IF_ERROR(FillFields(kind.options, flags.texts, resource, mask));
        CONCORD_RETURN_IF_ERROR(CheckSomethingChanges(mask));
        SetText(resource, "etag", flags.write.etag);
        SetText(*request, "request_id", flags.write.request_id);
        SetFlag(*request, "validate_only", flags.write.dry_run);
        CONCORD_RETURN_IF_ERROR(session.Call(*request, *updated));
        PrintWritten(session, "updated", *updated, flags.write.dry_run);
        return absl::OkStatus();
      });
}

void AddCreate(CommandLine& line, CLI::App& parent, const CommandText& text, const ResourceKind& kind,
               RequestType type) {
  line.Add<FieldFlags>(
      parent, text, [&](CLI::App& command, FieldFlags& flags) { DeclareCreate(command, kind, flags); },
      [=](Session& session, const FieldFlags& flags) -> absl::Status {
        const std::unique_ptr<Message> created = NewResponse(type);
        CONCORD_RETURN_IF_ERROR(SendCreate(session, kind, flags, type, *created));
        PrintWritten(session, "created", *created, flags.write.dry_run);
        return absl::OkStatus();
      });
}

}  // namespace concord::ctl
