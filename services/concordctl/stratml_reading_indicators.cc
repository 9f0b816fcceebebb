// The indicators of StratML's Part 2.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/aip/date.h"
#include "common/aip/decimal.h"
#include "common/aip/limits.h"
#include "services/concordctl/stratml_reading.h"

namespace concord::ctl {
namespace {

using objective::v1::Indicator;

// As the services have them.
constexpr int kUnitLimit = 40;
constexpr int kSourceLimit = 500;
constexpr size_t kTargetsLimit = 100;

// A target and where it stands.
struct FoundTarget {
  pugi::xml_node element;
  google::type::Date date;
  std::string value;
};

bool IsEndOfMonth(absl::CivilDay day) { return (day + 1).day() == 1; }

class IndicatorReading {
 public:
  explicit IndicatorReading(StratmlDocument& document) : document_(document) {}

  Indicator Read(pugi::xml_node element) {
    indicator_.set_title(
        TakeStratmlTitle(document_, document_.Child(element, "MeasurementDimension"), kStratmlTitleLimit));
    indicator_.set_unit(TakeStratmlText(document_, document_.Child(element, "UnitOfMeasurement"), kUnitLimit));
    indicator_.set_description(
        TakeStratmlText(document_, document_.Child(element, "OtherInformation"), kStratmlTextLimit));
    const pugi::xml_attribute type = element.attribute("PerformanceIndicatorType");
    if (absl::string_view(type.value()) == "Quantitative") document_.Take(type);
    for (const pugi::xml_node instance : document_.Children(element, "MeasurementInstance")) {
      for (const auto target : document_.Children(instance, "TargetResult")) ReadTarget(target);
      for (const auto actual : document_.Children(instance, "ActualResult")) ReadBaseline(actual);
    }
    KeepTargets();
    return std::move(indicator_);
  }

 private:
  std::string Text(pugi::xml_node parent, const char* name) const {
    return StratmlDocument::TextIn(document_.Child(parent, name));
  }

  // A decimal as ours are written; xsd:decimal also has "+5" and ".5", which few write. Empty if it is none.
  std::string Number(pugi::xml_node result) const {
    const std::string text = Text(result, "NumberOfUnits");
    return aip::ParseDecimal(text).has_value() ? text : "";
  }

  void ReadBaseline(pugi::xml_node result) {
    const pugi::xml_node named = document_.Child(document_.Child(result, "Descriptor"), "DescriptorName");
    if (StratmlDocument::TextIn(named) != kStratmlBaseline || indicator_.has_baseline() || Number(result).empty())
      return;
    auto& baseline = *indicator_.mutable_baseline();
    baseline.mutable_value()->set_value(Number(result));
    document_.Take(named);
    document_.Take(document_.Child(result, "NumberOfUnits"));
    if (const auto day = TakeStratmlDate(document_, document_.Child(result, "EndDate")))
      *baseline.mutable_date() = *day;
    baseline.set_source(TakeStratmlText(document_, document_.Child(result, "Description"), kSourceLimit));
  }

  void ReadTarget(pugi::xml_node result) {
    if (Text(result, "NumberOfUnits").empty()) return;
    const absl::StatusOr<google::type::Date> date = aip::ParseDate(Text(result, "EndDate"));
    const std::string number = Number(result);
    if (!date.ok() || number.empty()) {
      document_.SayWhyLost(result,
                           "a target has an EndDate such as 2011-12-31 and a NumberOfUnits of at most 15 digits");
      return;
    }
    targets_.push_back({result, *date, number});
  }

  // Why the targets cannot be those of an indicator; empty if they can. A part of them would tell another story, so all
  // are kept or none.
  std::string Problem() const {
    if (targets_.size() > kTargetsLimit) return absl::StrCat("an indicator has at most ", kTargetsLimit, " targets");
    bool rises = true;
    bool falls = true;
    absl::optional<aip::Nano> before;
    if (indicator_.has_baseline()) before = aip::ParseDecimal(indicator_.baseline().value().value());
    for (size_t i = 0; i < targets_.size(); ++i) {
      const absl::CivilDay day = aip::ToDay(targets_[i].date);
      if (!IsEndOfMonth(day)) return "a target is for the last day of a month at least, and one of these is not";
      if (i > 0 && day <= aip::ToDay(targets_[i - 1].date)) {
        return "the targets of an indicator are one for each day, in order, and these are not";
      }
      const absl::optional<aip::Nano> value = aip::ParseDecimal(targets_[i].value);
      if (before.has_value() && *value < *before) rises = false;
      if (before.has_value() && *value > *before) falls = false;
      before = value;
    }
    return rises || falls ? "" : "targets go one way, up or down, and these go back and forth";
  }

  void KeepTargets() {
    const std::string problem = Problem();
    for (const FoundTarget& found : targets_) {
      if (!problem.empty()) {
        document_.SayWhyLost(found.element, problem);
        continue;
      }
      document_.Take(document_.Child(found.element, "EndDate"));
      document_.Take(document_.Child(found.element, "NumberOfUnits"));
      auto& target = *indicator_.add_targets();
      *target.mutable_date() = found.date;
      target.mutable_value()->set_value(found.value);
    }
  }

  StratmlDocument& document_;
  Indicator indicator_;
  std::vector<FoundTarget> targets_;
};

}  // namespace

Indicator ReadStratmlIndicator(StratmlDocument& document, pugi::xml_node element) {
  return IndicatorReading(document).Read(element);
}

}  // namespace concord::ctl
