#include "services/reporting/children.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "concord/action/v1/milestone.pb.h"
#include "services/reporting/figures_test_plan.h"

namespace concord::reporting {
namespace {

using ::concord::action::v1::Milestone;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> NamesOf(Children<Milestone>::Family family) {
  std::vector<std::string> names;
  for (const Milestone* milestone : family) names.push_back(milestone->name());
  return names;
}

TEST(Children, AreFoundAlsoWhereOneParentsNameBeginsWithAnothers) {
  std::vector<Milestone> milestones(4);
  milestones[0].set_name("plans/p/actions/a/milestones/2");
  milestones[1].set_name("plans/p/actions/a-b/milestones/1");
  milestones[2].set_name("plans/p/actions/a/milestones/1");
  milestones[3].set_name("plans/p/actions/ab/milestones/1");
  const std::vector<const Milestone*> sorted = ByName(milestones);
  const Children<Milestone> children(sorted);
  EXPECT_THAT(NamesOf(children.Of("plans/p/actions/a")),
              ElementsAre("plans/p/actions/a/milestones/1", "plans/p/actions/a/milestones/2"));
  EXPECT_THAT(NamesOf(children.Of("plans/p/actions/a-b")), ElementsAre("plans/p/actions/a-b/milestones/1"));
  EXPECT_THAT(NamesOf(children.Of("plans/p/actions/ab")), ElementsAre("plans/p/actions/ab/milestones/1"));
  EXPECT_THAT(NamesOf(children.Of("plans/p/actions/b")), IsEmpty());
}

}  // namespace
}  // namespace concord::reporting
