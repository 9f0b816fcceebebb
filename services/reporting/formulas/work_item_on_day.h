// What a work item was on a day, as far as its record says.
//
// Pure; safe from any thread.
#ifndef SERVICES_REPORTING_FORMULAS_WORK_ITEM_ON_DAY_H_
#define SERVICES_REPORTING_FORMULAS_WORK_ITEM_ON_DAY_H_

#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "concord/member/v1/work_item.pb.h"
#include "services/reporting/formulas/formula_arguments.h"
#include "services/reporting/formulas/formula_records.h"

namespace concord::reporting {

// The record must outlive this.
class WorkItemOnDay {
 public:
  WorkItemOnDay(const member::v1::WorkItem& item, absl::CivilDay day);

  // The last stage it had come to, "40.20"; empty if none is known. Where the record knows no event at all, the stage
  // that its source says is taken to hold on every day, but for those before its publication.
  absl::string_view stage() const { return stage_; }
  // The day it came to the stage; nothing where no event is known.
  const absl::optional<absl::CivilDay>& stage_day() const { return stage_day_; }

  // When the project was approved (10.99), or else registered (20.00), the first time.
  const absl::optional<absl::CivilDay>& registration() const { return registration_; }
  const absl::optional<absl::CivilDay>& publication() const { return publication_; }

  // Whether it has been published, also if nothing says when.
  bool IsPublished() const;
  // Whether the project was given up, or its proposal refused, and never published.
  bool IsGivenUp() const;
  bool IsWithdrawn() const;
  // Whether it is a project under way: approved, and neither published nor given up.
  bool IsActive() const;

 private:
  absl::string_view stage_;
  absl::optional<absl::CivilDay> stage_day_;
  absl::optional<absl::CivilDay> registration_;
  absl::optional<absl::CivilDay> publication_;
};

// "Only work items of this field, group or subgroup", and of what they are on.
ParameterDefinition IcsParameter();
ParameterDefinition SecretariatParameter();
ParameterDefinition TrackParameter();

// Calls visit(item) for each work item that the parameters want, in the order of names: those of the committee and of
// the ones below it, of committees whose secretariat the member held on the day, and of the field and the track, where
// the formula has such parameters. Committees count whether they still are at work or not.
void ForEachWorkItem(const FormulaRecords& records, const FormulaArguments& arguments,
                     const std::function<void(const member::v1::WorkItem&)>& visit);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_WORK_ITEM_ON_DAY_H_
