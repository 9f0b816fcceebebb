#include "services/objective/plan_rules.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/enum_words.h"
#include "common/aip/limits.h"
#include "common/aip/state_moves.h"
#include "common/status/macros.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "services/objective/measured_periods.h"

namespace concord::objective {
namespace {

using google::protobuf::Message;

constexpr int kTitleLimit = 200;
constexpr int kTextLimit = 4'000;

const aip::StateMoves<v1::Plan::State>& PlanMoves() {
  static const auto& moves = *new aip::StateMoves<v1::Plan::State>(
      v1::ERROR_REASON_WRONG_PLAN_STATE, {{v1::Plan::STATE_DRAFT, v1::Plan::STATE_ACTIVE},
                                          {v1::Plan::STATE_ACTIVE, v1::Plan::STATE_CLOSED},
                                          {v1::Plan::STATE_CLOSED, v1::Plan::STATE_ARCHIVED}});
  return moves;
}

// A list of short texts: at most so many, each of 1 to so many characters.
void CheckTexts(const google::protobuf::RepeatedPtrField<std::string>& texts, const std::string& field, int count_limit,
                int text_limit, Violations& violations) {
  aip::CheckCount(texts.size(), field, count_limit, violations);
  for (int i = 0; i < texts.size(); ++i) {
    aip::CheckText(texts[i], absl::StrCat(field, "[", i, "]"), 1, text_limit, violations);
  }
}

void CheckPeriod(const v1::Period& period, const std::string& field, Violations& violations) {
  const bool starts = aip::IsDay(period.start_date());
  const bool ends = aip::IsDay(period.end_date());
  if (!starts) violations.Add(absl::StrCat(field, ".start_date"), "must be a day between 1900 and 2200");
  if (!ends) violations.Add(absl::StrCat(field, ".end_date"), "must be a day between 1900 and 2200");
  if (starts && ends && aip::ToDay(period.end_date()) < aip::ToDay(period.start_date())) {
    violations.Add(absl::StrCat(field, ".end_date"), "must not be before start_date");
  }
}

void CheckBaselineFigures(const v1::Plan& plan, const std::string& field, Violations& violations) {
  aip::CheckCount(plan.baseline_figures_size(), field, 50, violations);
  for (int i = 0; i < plan.baseline_figures_size(); ++i) {
    const v1::BaselineFigure& figure = plan.baseline_figures(i);
    const std::string path = absl::StrCat(field, "[", i, "]");
    aip::CheckText(figure.title(), absl::StrCat(path, ".title"), 1, kTitleLimit, violations);
    aip::CheckText(figure.qualifier(), absl::StrCat(path, ".qualifier"), 0, 50, violations);
    if (figure.has_as_of_date() && !aip::IsDay(figure.as_of_date())) {
      violations.Add(absl::StrCat(path, ".as_of_date"), "must be a day between 1900 and 2200");
    }
  }
}

void CheckLanguageCodes(const v1::Plan& plan, const std::string& field, Violations& violations) {
  aip::CheckCount(plan.language_codes_size(), field, 20, violations);
  for (int i = 0; i < plan.language_codes_size(); ++i) {
    const std::string& code = plan.language_codes(i);
    bool good = code.size() >= 2 && code.size() <= 35;
    for (const char c : code) good = good && (absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-');
    if (!good) violations.Add(absl::StrCat(field, "[", i, "]"), "must be a BCP 47 code such as \"en\" or \"fr-CH\"");
  }
}

// Whether an action whose one date is its own and whose other is the plan's would end before it begins.
bool Breaks(const v1::Period& period, const action::v1::Action& action) {
  if (action.has_start_date() == action.has_due_date()) return false;
  const auto& start = action.has_start_date() ? action.start_date() : period.start_date();
  const auto& due = action.has_due_date() ? action.due_date() : period.end_date();
  return aip::ToDay(due) < aip::ToDay(start);
}

// Deleted actions are held against the period when they come back.
absl::Status CheckActionsFit(rpc::Context& context, const v1::Plan& plan) {
  std::string first;
  int count = 0;
  const rpc::ResourceType& type = context.types().Of(action::v1::Action::descriptor());
  context.ForEach(type, plan.name(), plan.name(), "", [&](const ledger::Resource& resource) {
    const bool breaks =
        !resource.deleted && Breaks(plan.period(), static_cast<const action::v1::Action&>(*resource.message));
    if (breaks && count++ == 0) first = resource.name;
    return true;
  });
  if (count == 0) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PERIOD_BREAKS_ACTION,
                   "with this period of {name}, {count} actions would end before they begin, {action} among them: "
                   "change their dates first",
                   {{"name", plan.name()}, {"action", first}, {"count", absl::StrCat(count)}});
}

bool SamePeriod(const v1::Plan& a, const v1::Plan& b) {
  return aip::ToDay(a.period().start_date()) == aip::ToDay(b.period().start_date()) &&
         aip::ToDay(a.period().end_date()) == aip::ToDay(b.period().end_date());
}

absl::Status CheckPlanWrite(rpc::Context& context, const Message* before, Message& after) {
  auto& plan = static_cast<v1::Plan&>(after);
  if (before == nullptr) {
    plan.set_state(v1::Plan::STATE_DRAFT);
    return absl::OkStatus();
  }
  CONCORD_RETURN_IF_ERROR(CheckPlanOpen(plan));
  if (SamePeriod(static_cast<const v1::Plan&>(*before), plan)) return absl::OkStatus();
  CONCORD_RETURN_IF_ERROR(CheckActionsFit(context, plan));
  return CheckMeasurementsFit(context, plan, absl::StrCat(plan.name(), "/objectives/-/indicators/-"));
}

}  // namespace

void CheckPlanValues(const v1::Plan& plan, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(plan.title(), path("title"), 1, kTitleLimit, violations);
  aip::CheckLabels(plan.labels(), path("labels"), violations);
  aip::CheckText(plan.organization().title(), path("organization.title"), 1, kTitleLimit, violations);
  aip::CheckText(plan.organization().acronym(), path("organization.acronym"), 0, 50, violations);
  aip::CheckText(plan.vision(), path("vision"), 0, kTextLimit, violations);
  aip::CheckText(plan.mission(), path("mission"), 0, kTextLimit, violations);
  aip::CheckCount(plan.values_size(), path("values"), 50, violations);
  for (int i = 0; i < plan.values_size(); ++i) {
    const std::string value = path(absl::StrCat("values[", i, "]"));
    aip::CheckText(plan.values(i).title(), absl::StrCat(value, ".title"), 1, kTitleLimit, violations);
    aip::CheckText(plan.values(i).description(), absl::StrCat(value, ".description"), 0, 1'000, violations);
  }
  CheckPeriod(plan.period(), path("period"), violations);
  CheckLanguageCodes(plan, path("language_codes"), violations);
  CheckBaselineFigures(plan, path("baseline_figures"), violations);
  CheckTexts(plan.stakeholder_groups(), path("stakeholder_groups"), 50, kTitleLimit, violations);
  CheckTexts(plan.sectors(), path("sectors"), 100, kTitleLimit, violations);
  CheckTexts(plan.partners(), path("partners"), 50, kTitleLimit, violations);
  CheckTexts(plan.strengths(), path("strengths"), 50, 500, violations);
}

absl::Status CheckPlanOpen(const v1::Plan& plan) {
  if (plan.state() == v1::Plan::STATE_DRAFT || plan.state() == v1::Plan::STATE_ACTIVE) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_CLOSED,
                   "{plan} is {state}: nothing under it can be changed",
                   {{"plan", plan.name()}, {"state", aip::WordOf(plan.state())}});
}

absl::Status MovePlan(rpc::Context& context, v1::Plan::State to, v1::Plan& plan) {
  CONCORD_RETURN_IF_ERROR(PlanMoves().Check(plan.name(), plan.state(), to));
  if (to == v1::Plan::STATE_ACTIVE) {
    bool has_objective = false;
    const rpc::ResourceType& type = context.types().Of(v1::Objective::descriptor());
    context.ForEach(type, plan.name(), plan.name(), "", [&](const ledger::Resource& objective) {
      has_objective = !objective.deleted;
      return !has_objective;
    });
    if (!has_objective) {
      return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PLAN_WITHOUT_OBJECTIVES,
                       "{name} has no objective: create one first", {{"name", plan.name()}});
    }
  }
  plan.set_state(to);
  return absl::OkStatus();
}

rpc::ResourceRules PlanRules() {
  rpc::ResourceRules rules;
  rules.values = [](const Message& resource, absl::string_view prefix, Violations& violations) {
    CheckPlanValues(static_cast<const v1::Plan&>(resource), prefix, violations);
  };
  rules.write = CheckPlanWrite;
  return rules;
}

}  // namespace concord::objective
