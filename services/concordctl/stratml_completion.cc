// What a plan needs and a document does not say.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "common/aip/decimal.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "services/concordctl/stratml_reading.h"

namespace concord::ctl {
namespace {

using objective::v1::Indicator;

constexpr int kUsualYears = 5;
// As services take dates.
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2200;

// Something in its place if there is no title: the text that describes it, or what it is.
std::string TitleFor(absl::string_view text, absl::string_view otherwise) {
  const bool fits =
      !text.empty() && aip::CountCharacters(text) <= kStratmlTitleLimit && text.find('\n') == absl::string_view::npos;
  return std::string(fits ? text : otherwise);
}

bool AllEndWith(const Indicator& indicator, int every_months) {
  return std::all_of(indicator.targets().begin(), indicator.targets().end(),
                     [&](const auto& target) { return target.date().month() % every_months == 0; });
}

// The longest period at whose ends all targets are.
Indicator::Frequency FrequencyOf(const Indicator& indicator) {
  constexpr int kYear = 12;
  constexpr int kHalf = 6;
  constexpr int kQuarter = 3;
  if (AllEndWith(indicator, kYear)) return Indicator::FREQUENCY_YEARLY;
  if (AllEndWith(indicator, kHalf)) return Indicator::FREQUENCY_HALF_YEARLY;
  if (AllEndWith(indicator, kQuarter)) return Indicator::FREQUENCY_QUARTERLY;
  return Indicator::FREQUENCY_MONTHLY;
}

Indicator::Direction DirectionOf(const Indicator& indicator) {
  if (indicator.targets().empty()) return Indicator::DIRECTION_INCREASE;
  const auto& first = indicator.has_baseline() ? indicator.baseline().value() : indicator.targets(0).value();
  const auto& last = indicator.targets(indicator.targets_size() - 1).value();
  return aip::ToNano(last) < aip::ToNano(first) ? Indicator::DIRECTION_DECREASE : Indicator::DIRECTION_INCREASE;
}

// Digits after the point that its values have.
int ScaleNeeded(const Indicator& indicator) {
  int scale = indicator.has_baseline() ? aip::ScaleOf(indicator.baseline().value().value()) : 0;
  for (const auto& target : indicator.targets()) scale = std::max(scale, aip::ScaleOf(target.value().value()));
  return scale;
}

class Completion {
 public:
  Completion(const StratmlOptions& options, StratmlDocument& document, planfile::v1::PlanFile& file)
      : options_(options), document_(document), file_(file) {}

  absl::Status Complete() {
    CompleteTitles();
    for (auto& indicator : *file_.mutable_indicators()) CompleteIndicator(indicator);
    return CompletePeriod();
  }

 private:
  void Assume(absl::string_view name, absl::string_view what) {
    document_.Assume(document_.root(), absl::StrCat(name, ": ", what));
  }

  void CompleteTitles() {
    auto& plan = *file_.mutable_plan();
    if (plan.title().empty()) {
      plan.set_title(std::string(aip::LastIdOf(plan.name())));
      Assume(plan.name(), "it has no Name; it is called by its id");
    }
    if (plan.organization().title().empty()) {
      const std::string& acronym = plan.organization().acronym();
      plan.mutable_organization()->set_title(acronym.empty() ? "Not stated" : acronym);
      Assume(plan.name(), absl::StrCat("its organization has no Name; it is \"", plan.organization().title(), "\""));
    }
    for (auto& objective : *file_.mutable_objectives()) {
      if (!objective.title().empty()) continue;
      objective.set_title(TitleFor(objective.outcome(), absl::StrCat("Objective ", objective.code())));
      Assume(objective.name(), absl::StrCat("it has no Name; its title is \"", objective.title(), "\""));
    }
    for (auto& action : *file_.mutable_actions()) {
      if (!action.title().empty()) continue;
      action.set_title(TitleFor(action.description(), absl::StrCat("Action ", action.code())));
      Assume(action.name(), absl::StrCat("it has no Name; its title is \"", action.title(), "\""));
    }
  }

  void CompleteIndicator(Indicator& indicator) {
    if (indicator.title().empty()) {
      indicator.set_title(TitleFor(indicator.unit(), absl::StrCat("Indicator ", indicator.code())));
      Assume(indicator.name(),
             absl::StrCat("it has no MeasurementDimension; its title is \"", indicator.title(), "\""));
    }
    if (indicator.unit().empty()) {
      indicator.set_unit("number");
      Assume(indicator.name(), "it has no UnitOfMeasurement of at most 40 characters; its unit is \"number\"");
    }
    if (const int scale = ScaleNeeded(indicator); scale > indicator.scale()) {
      indicator.set_scale(scale);
      Assume(indicator.name(), absl::StrCat("its values have ", scale, " digits after the point"));
    }
    // These four are in no document; a side-car has all of them, so who lacks one lacks all.
    if (indicator.kind() != Indicator::KIND_UNSPECIFIED) return;
    indicator.set_kind(Indicator::KIND_STOCK);
    indicator.set_source(Indicator::SOURCE_PEOPLE);
    indicator.set_direction(DirectionOf(indicator));
    indicator.set_frequency(FrequencyOf(indicator));
    Assume(indicator.name(), absl::StrCat("it is a stock that people report; ",
                                          indicator.direction() == Indicator::DIRECTION_INCREASE ? "more" : "less",
                                          " is better, and it is measured as often as it has targets, or once a year"));
  }

  absl::Status CompletePeriod() {
    auto& period = *file_.mutable_plan()->mutable_period();
    if (!period.has_start_date() && options_.start_date != nullptr) *period.mutable_start_date() = *options_.start_date;
    if (!period.has_end_date() && options_.end_date != nullptr) *period.mutable_end_date() = *options_.end_date;
    const pugi::xml_node administration = document_.Child(document_.root(), "AdministrativeInformation");
    if (!period.has_start_date() && !period.has_end_date()) {
      const pugi::xml_node published = document_.Child(administration, "PublicationDate");
      const absl::StatusOr<google::type::Date> day = aip::ParseDate(StratmlDocument::TextIn(published));
      if (!day.ok()) {
        return StratmlRefusal(document_.LineOf(administration ? administration : document_.root()),
                              "there is neither a StartDate nor an EndDate nor a PublicationDate: say --start-date and "
                              "--end-date");
      }
      *period.mutable_start_date() = *day;
      Assume(file_.plan().name(),
             absl::StrCat("it has no StartDate; it begins when it was published, on ", aip::FormatDate(*day)));
    }
    if (!period.has_end_date()) {
      *period.mutable_end_date() =
          aip::FromDay(absl::CivilDay(std::min(period.start_date().year() + kUsualYears - 1, kLastYear), 12, 31));
      Assume(file_.plan().name(), absl::StrCat("it has no EndDate; it is a plan of ", kUsualYears, " years, until ",
                                               aip::FormatDate(period.end_date())));
    }
    if (!period.has_start_date()) {
      *period.mutable_start_date() =
          aip::FromDay(absl::CivilDay(std::max(period.end_date().year() - kUsualYears + 1, kFirstYear), 1, 1));
      Assume(file_.plan().name(), absl::StrCat("it has no StartDate; it is a plan of ", kUsualYears, " years, from ",
                                               aip::FormatDate(period.start_date())));
    }
    if (aip::ToDay(period.end_date()) < aip::ToDay(period.start_date())) {
      return StratmlRefusal(document_.LineOf(document_.Child(administration, "EndDate")),
                            "the plan ends before it begins");
    }
    return absl::OkStatus();
  }

  const StratmlOptions& options_;
  StratmlDocument& document_;
  planfile::v1::PlanFile& file_;
};

}  // namespace

absl::Status CompleteStratmlPlan(const StratmlOptions& options, StratmlDocument& document,
                                 planfile::v1::PlanFile& file) {
  return Completion(options, document, file).Complete();
}

}  // namespace concord::ctl
