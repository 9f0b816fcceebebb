// Indicators and their results in StratML's Part 2.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "common/aip/date.h"
#include "services/concordctl/stratml_names.h"
#include "services/concordctl/stratml_reading.h"
#include "services/concordctl/stratml_writing.h"

namespace concord::ctl {
namespace {

using objective::v1::Indicator;
using objective::v1::Measurement;

// Of one day: what was wanted, what was found.
struct Results {
  objective::v1::Target* target = nullptr;
  std::vector<Measurement*> measurements;
};

void AddBaseline(pugi::xml_node element, Indicator& indicator) {
  if (!indicator.has_baseline()) return;
  auto& baseline = *indicator.mutable_baseline();
  auto result = AddStratml(AddStratml(element, "MeasurementInstance"), "ActualResult");
  if (IsStratmlDate(baseline.date())) {
    AddStratml(result, "EndDate", aip::FormatDate(baseline.date()));
    baseline.clear_date();
  }
  AddStratml(result, "NumberOfUnits", baseline.value().value());
  AddStratml(AddStratml(result, "Descriptor"), "DescriptorName", kStratmlBaseline);
  if (!baseline.source().empty()) AddStratml(result, "Description", TakeOut(baseline.mutable_source()));
  baseline.clear_value();
  if (baseline.ByteSizeLong() == 0) indicator.clear_baseline();
}

void AddTarget(pugi::xml_node instance, objective::v1::Target& target) {
  auto result = AddStratml(instance, "TargetResult");
  AddStratml(result, "EndDate", aip::FormatDate(target.date()));
  AddStratml(result, "NumberOfUnits", target.value().value());
  target.Clear();
}

// That there is no data is said in words, and its number is left empty: that is not zero.
void AddResult(pugi::xml_node instance, Measurement& measurement) {
  auto result = AddStratml(instance, "ActualResult");
  AddStratml(result, "StartDate", aip::FormatDate(measurement.period().start_date()));
  AddStratml(result, "EndDate", aip::FormatDate(measurement.period().end_date()));
  AddStratml(result, "NumberOfUnits", measurement.value().value());
  std::string description;
  if (measurement.has_no_data()) {
    auto descriptor = AddStratml(result, "Descriptor");
    AddStratml(descriptor, "DescriptorName", "Status");
    AddStratml(descriptor, "DescriptorValue", "no data");
    description = TakeOut(measurement.mutable_no_data()->mutable_reason());
  } else if (!measurement.note().empty()) {
    description = TakeOut(measurement.mutable_note());
  }
  if (!description.empty()) AddStratml(result, "Description", description);
  if (!measurement.has_no_data() || measurement.no_data().reason().empty()) measurement.clear_result();
  measurement.clear_period();
}

bool CanBeWritten(const Measurement& measurement) {
  return measurement.dimensions().empty() && IsStratmlDate(measurement.period().start_date()) &&
         IsStratmlDate(measurement.period().end_date()) && (measurement.has_value() || measurement.has_no_data());
}

int AddInstances(pugi::xml_node element, Indicator& indicator, const std::vector<Measurement*>& measurements) {
  int count = 0;
  std::map<std::string, Results> by_day;  // "2011-12-31", so they are in order.
  for (auto& target : *indicator.mutable_targets()) {
    if (IsStratmlDate(target.date())) by_day[aip::FormatDate(target.date())].target = &target;
  }
  for (Measurement* measurement : measurements) {
    if (!CanBeWritten(*measurement)) continue;
    ++count;
    by_day[aip::FormatDate(measurement->period().end_date())].measurements.push_back(measurement);
  }
  for (auto& [day, results] : by_day) {
    auto instance = AddStratml(element, "MeasurementInstance");
    if (results.target != nullptr) AddTarget(instance, *results.target);
    for (Measurement* measurement : results.measurements) AddResult(instance, *measurement);
  }
  auto& targets = *indicator.mutable_targets();
  targets.erase(
      std::remove_if(targets.begin(), targets.end(), [](const auto& target) { return target.ByteSizeLong() == 0; }),
      targets.end());
  return count;
}

}  // namespace

int AddStratmlIndicator(pugi::xml_node parent, Indicator& indicator, const std::vector<Measurement*>& measurements) {
  auto element = AddStratml(parent, "PerformanceIndicator");
  element.append_attribute("PerformanceIndicatorType") = "Quantitative";
  AddStratml(element, "SequenceIndicator", TakeOut(indicator.mutable_code()));
  AddStratml(element, "MeasurementDimension", TakeOut(indicator.mutable_title()));
  AddStratml(element, "UnitOfMeasurement", TakeOut(indicator.mutable_unit()));
  AddStratml(element, "Identifier", StratmlIdentifier(indicator.name()));
  AddBaseline(element, indicator);
  const int results = AddInstances(element, indicator, measurements);
  if (!indicator.description().empty()) {
    AddStratml(element, "OtherInformation", TakeOut(indicator.mutable_description()));
  }
  return results;
}

}  // namespace concord::ctl
