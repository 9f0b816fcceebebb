#include "services/reporting/plan_changes.h"

#include <gtest/gtest.h>

namespace concord::reporting {
namespace {

ChangedResource Changed(absl::string_view name, int created, int updated) {
  ChangedResource changed;
  changed.name = name;
  changed.title = "A title";
  changed.create_time = absl::FromUnixMicros(created);
  changed.update_time = absl::FromUnixMicros(updated);
  return changed;
}

TEST(PlanChanges, StandTheNewestFirstAndThenByName) {
  EXPECT_LT(Changed("b", 1, 5), Changed("a", 1, 4));
  EXPECT_LT(Changed("a", 1, 5), Changed("b", 1, 5));
  EXPECT_FALSE(Changed("a", 1, 5) < Changed("a", 1, 5));
}

TEST(PlanChanges, SayWhatHappenedLast) {
  EXPECT_EQ(ToPlanChange(Changed("a", 5, 5)).kind(), v1::PlanChange::KIND_CREATED);
  EXPECT_EQ(ToPlanChange(Changed("a", 4, 5)).kind(), v1::PlanChange::KIND_UPDATED);
  ChangedResource deleted = Changed("a", 4, 5);
  deleted.deleted = true;
  EXPECT_EQ(ToPlanChange(deleted).kind(), v1::PlanChange::KIND_DELETED);
}

TEST(PlanChanges, KeepMicroseconds) {
  const v1::PlanChange change = ToPlanChange(Changed("plans/p", 1, 1'000'002));
  EXPECT_EQ(change.update_time().seconds(), 1);
  EXPECT_EQ(change.update_time().nanos(), 2000);
  EXPECT_EQ(change.resource(), "plans/p");
  EXPECT_EQ(change.title(), "A title");
}

TEST(PlanChangePlace, ComparesAsChangesDo) {
  const ChangedResource newest = Changed("b", 1, 1'000'002);
  const ChangedResource same = Changed("b-c", 1, 1'000'002);
  const ChangedResource older = Changed("a", 1, 999'999);
  EXPECT_LT(PlaceOf(newest), PlaceOf(same));
  EXPECT_LT(PlaceOf(same), PlaceOf(older));
  EXPECT_EQ(PlaceOf(older), PlaceOf(older));
}

}  // namespace
}  // namespace concord::reporting
