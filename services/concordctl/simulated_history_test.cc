#include "services/concordctl/simulated_history.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "gtest/gtest.h"
#include "services/concordctl/json.h"
#include "services/concordctl/plan_file.h"

namespace concord::ctl {
namespace {

// A plan of five years with some actions and indicators.
planfile::v1::PlanFile Source() {
  planfile::v1::PlanFile file;
  file.set_format(kPlanFormat);
  file.mutable_plan()->set_name("plans/p");
  file.mutable_plan()->set_title("The plan");
  file.mutable_plan()->set_vision("Everybody is content");
  file.mutable_plan()->mutable_organization()->set_title("O");
  *file.mutable_plan()->mutable_period()->mutable_start_date() = *aip::ParseDate("2011-01-01");
  *file.mutable_plan()->mutable_period()->mutable_end_date() = *aip::ParseDate("2015-12-31");
  auto& objective = *file.add_objectives();
  objective.set_name("plans/p/objectives/1");
  objective.set_title("One");
  objective.set_code("1");
  for (int i = 1; i <= 30; ++i) {
    auto& action = *file.add_actions();
    action.set_name(absl::StrCat("plans/p/actions/1-", i));
    action.set_title("Do it");
    action.set_code(absl::StrCat("1.", i));
    auto& link = *action.add_objective_links();
    link.set_objective(objective.name());
    link.set_kind(action::v1::ObjectiveLink::KIND_CONTRIBUTES);
  }
  for (int i = 0; i < 12; ++i) {
    auto& indicator = *file.add_indicators();
    indicator.set_name(absl::StrCat("plans/p/objectives/1/indicators/", i));
    indicator.set_title("Count");
    indicator.set_code(absl::StrCat("1.", i));
    indicator.set_unit(i % 2 == 0 ? "%" : "people");
    indicator.set_scale(i % 3);
    indicator.set_direction(objective::v1::Indicator::DIRECTION_INCREASE);
    indicator.set_kind(static_cast<objective::v1::Indicator::Kind>(1 + i % 3));
    indicator.set_frequency(objective::v1::Indicator::FREQUENCY_YEARLY);
    indicator.set_source(objective::v1::Indicator::SOURCE_PEOPLE);
  }
  return file;
}

// Everything in one text.
std::string TextOf(const SimulatedHistory& history) {
  std::string text = ToJson(history.file);
  for (const auto& course : history.actions) {
    absl::StrAppend(&text, course.name, course.started ? absl::FormatCivilTime(*course.started) : "", course.held,
                    course.completed ? absl::FormatCivilTime(*course.completed) : "");
  }
  for (const auto& course : history.milestones) {
    absl::StrAppend(&text, course.name, course.reached ? absl::FormatCivilTime(*course.reached) : "");
  }
  for (const auto& report : history.reports) text += ToJson(report);
  for (const auto& contribution : history.contributions) text += ToJson(contribution);
  for (const auto& activity : history.activities) text += ToJson(activity);
  for (const auto& risk : history.risks) text += ToJson(risk);
  for (const auto& course : history.measurements) text += ToJson(course.measurement);
  for (const auto& course : history.corrections) text += ToJson(course.measurement);
  return text;
}

TEST(SimulateHistory, IsTheSameForTheSameSeedAndAnotherForAnother) {
  EXPECT_EQ(TextOf(SimulateHistory(Source(), 7)), TextOf(SimulateHistory(Source(), 7)));
  EXPECT_NE(TextOf(SimulateHistory(Source(), 7)), TextOf(SimulateHistory(Source(), 8)));
}

// Every resource has the label, and every text that people read has the word.
void ExpectMarked(const google::protobuf::Message& message, const std::string& where) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->name() == "labels") {
      EXPECT_TRUE(absl::StrContains(ToJson(message), "\"simulated\": \"true\"")) << where;
    }
    const std::set<std::string> no_prose = {"name",   "code",      "unit",  "objective", "lead",       "contributors",
                                            "member", "organizer", "value", "indicator", "supersedes", "currency_code"};
    if (field->is_map() || no_prose.contains(field->name())) continue;
    for (int i = 0; i < (field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1); ++i) {
      if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING) {
        const std::string text = field->is_repeated() ? message.GetReflection()->GetRepeatedString(message, field, i)
                                                      : message.GetReflection()->GetString(message, field);
        EXPECT_TRUE(absl::StartsWithIgnoreCase(text, "simulated: ")) << where << " " << field->name() << ": " << text;
      } else if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
        ExpectMarked(field->is_repeated() ? message.GetReflection()->GetRepeatedMessage(message, field, i)
                                          : message.GetReflection()->GetMessage(message, field),
                     where + "." + field->name());
      }
    }
  }
}

template <typename Resources>
void ExpectAllMarked(const Resources& resources) {
  EXPECT_GT(std::size(resources), 0u);
  for (const auto& resource : resources) {
    EXPECT_EQ(resource.labels().at("simulated"), "true");
    EXPECT_TRUE(absl::StartsWith(resource.name(), "plans/p-simulated/")) << resource.name();
    ExpectMarked(resource, resource.name());
  }
}

TEST(SimulateHistory, IsMarkedEverywhereSoThatNobodyTakesItForReal) {
  const SimulatedHistory history = SimulateHistory(Source(), 7);
  EXPECT_EQ(history.file.plan().name(), "plans/p-simulated");
  EXPECT_EQ(history.file.plan().title(), "SIMULATED: The plan");
  EXPECT_EQ(history.file.plan().labels().at("simulated"), "true");
  ExpectMarked(history.file.plan(), "the plan");
  ExpectAllMarked(history.file.objectives());
  ExpectAllMarked(history.file.indicators());
  ExpectAllMarked(history.file.actions());
  ExpectAllMarked(history.file.milestones());
  ExpectAllMarked(history.reports);
  ExpectAllMarked(history.contributions);
  ExpectAllMarked(history.activities);
  ExpectAllMarked(history.risks);
  std::vector<objective::v1::Measurement> measurements;
  for (const auto& course : history.measurements) measurements.push_back(course.measurement);
  for (const auto& course : history.corrections) measurements.push_back(course.measurement);
  ExpectAllMarked(measurements);
}

TEST(SimulateHistory, HasWhatIsLateUnknownAndCorrected) {
  const SimulatedHistory history = SimulateHistory(Source(), 7);
  int completed = 0;
  int never_started = 0;
  for (const auto& course : history.actions) {
    completed += course.completed ? 1 : 0;
    never_started += course.started ? 0 : 1;
    if (course.started && course.completed) {
      EXPECT_LE(*course.started, *course.completed);
    }
  }
  EXPECT_GT(completed, 5);
  EXPECT_GT(never_started, 0);
  int late = 0;
  for (const auto& course : history.milestones) {
    for (const auto& milestone : history.file.milestones()) {
      if (milestone.name() != course.name || !course.reached) continue;
      late += *course.reached > aip::ToDay(milestone.due_date()) ? 1 : 0;
    }
  }
  EXPECT_GT(late, 0);
  int unknown = 0;
  for (const auto& course : history.measurements) unknown += course.measurement.has_no_data() ? 1 : 0;
  EXPECT_GT(unknown, 0);
  EXPECT_GT(history.corrections.size(), 0u);
  EXPECT_LT(history.measurements.size(), 60u) << "somebody always forgets to report";
}

TEST(SimulateHistory, IsAPlanFileThatIsSound) {
  Violations violations;
  CheckPlanFile(SimulateHistory(Source(), 7).file, violations);
  EXPECT_TRUE(violations.empty()) << violations.ToStatus();
}

}  // namespace
}  // namespace concord::ctl
