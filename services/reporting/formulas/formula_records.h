// The records that formulas are computed from, and what was true of them on a day.
#ifndef SERVICES_REPORTING_FORMULAS_FORMULA_RECORDS_H_
#define SERVICES_REPORTING_FORMULAS_FORMULA_RECORDS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "concord/action/v1/activity.pb.h"
#include "concord/action/v1/contribution.pb.h"
#include "concord/member/v1/adoption.pb.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/expert_delegation.pb.h"
#include "concord/member/v1/liaison.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "concord/member/v1/work_item.pb.h"
#include "services/reporting/plan_resources.h"

namespace concord::reporting {

// Which collections a formula reads; members and committees belong to all of the directory's.
struct RecordNeeds {
  bool directory = false;
  bool participations = false;
  bool experts = false;
  bool liaisons = false;
  bool work_items = false;
  bool adoptions = false;  // Of work items, which are needed then, too.
  bool ballots = false;
  bool plan = false;  // All of one plan.
};

// Living records, none under something deleted; each list sorted by name, without nulls. What a formula does not need
// is empty. Whoever fills this keeps the records alive.
struct FormulaRecords {
  std::vector<const member::v1::Member*> members;
  std::vector<const member::v1::Committee*> committees;
  std::vector<const member::v1::Participation*> participations;
  std::vector<const member::v1::ExpertDelegation*> experts;
  std::vector<const member::v1::Liaison*> liaisons;
  std::vector<const member::v1::WorkItem*> work_items;
  std::vector<const member::v1::Adoption*> adoptions;
  std::vector<const member::v1::Ballot*> ballots;
  std::vector<const member::v1::Vote*> votes;
  PlanResources plan;
  std::vector<const action::v1::Activity*> activities;
  std::vector<const action::v1::Contribution*> contributions;
};

// Some of the committees.
class Committees {
 public:
  // Those at work on a day: founded by then as far as is known, and not disbanded before. Only `top` and those below
  // it, unless that is empty. The records must outlive this.
  static Committees AtWork(const FormulaRecords& records, const std::string& top, absl::CivilDay day);

  // The same, whether at work or not: for what a committee did while it was.
  static Committees Ever(const FormulaRecords& records, const std::string& top);

  // Null if the committee is none of them.
  const member::v1::Committee* Find(absl::string_view name) const;
  // That of a participation, a liaison, a work item.
  const member::v1::Committee* OfChild(absl::string_view name) const;

  // In the order of names.
  const std::vector<const member::v1::Committee*>& all() const { return all_; }

 private:
  void Add(const member::v1::Committee& committee);

  std::vector<const member::v1::Committee*> all_;
  absl::flat_hash_map<absl::string_view, const member::v1::Committee*> by_name_;
};

// Whether members were in some groups of countries.
class GroupsOfMembers {
 public:
  enum class Answer { kIn, kOut, kUnknown };

  // The records must outlive this.
  GroupsOfMembers(const FormulaRecords& records, const std::vector<std::string>& groups);

  // On a day. Of a member that is not recorded nothing is known. Whether a country is rich or poor is known only of
  // those that were in one of the incomes' groups; lists of other groups are complete: who is not on them is not in
  // them.
  Answer Of(absl::string_view member, absl::CivilDay day) const;

 private:
  absl::flat_hash_map<absl::string_view, const member::v1::Member*> members_;
  absl::flat_hash_set<std::string> groups_;
  bool incomes_only_;
};

// The member that holds the secretariat of a committee on a day, and its twin; null if nobody is known to.
const member::v1::SecretariatPeriod* SecretariatOn(const member::v1::Committee& committee, absl::CivilDay day);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_FORMULA_RECORDS_H_
