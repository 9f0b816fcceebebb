// Plans as StratML, in XML: Part 1 (ISO 17469-1, a strategic plan) and Part 2 (a performance plan or report). What goes
// where, and what neither can say, is told in README.md.
//
//   CONCORD_ASSIGN_OR_RETURN(StratmlText text, WriteStratml(file, StratmlPart::kStrategicPlan));
//   CONCORD_ASSIGN_OR_RETURN(StratmlPlan plan, ReadStratml(text.xml, {.plan = "plans/p", .sidecar = &file}));
//
// Then `plan.file` equals `file`, for the side-car says what the document does not.
//
// Pure and free of gRPC; safe from any thread.
#ifndef SERVICES_CONCORDCTL_STRATML_H_
#define SERVICES_CONCORDCTL_STRATML_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/planfile/v1/plan_file.pb.h"
#include "google/type/date.pb.h"

namespace concord::ctl {

enum class StratmlPart {
  kStrategicPlan,  // Part 1: no indicators.
  kPerformance,    // Part 2: with indicators, targets and results.
};

// A field that has content somewhere in a plan and that the document does not carry.
struct UnsaidField {
  std::string field;               // For example "actions.due_date".
  int count = 0;                   // In how many places.
  std::vector<std::string> names;  // Of the first few resources.
};

struct StratmlText {
  std::string xml;
  std::vector<UnsaidField> unsaid;  // By field.
};

// A plan that passed CheckPlanFile as a document that is valid against the schema of its part. Of the measurements
// those in force enter Part 2; values of a part (by dimensions) do not. FAILED_PRECONDITION if there is no objective,
// for the schemas want one.
absl::StatusOr<StratmlText> WriteStratml(const planfile::v1::PlanFile& file, StratmlPart part,
                                         const std::vector<objective::v1::Measurement>& measurements = {});

// Something in a document that is not in the plan, or is otherwise there.
struct StratmlNote {
  int line = 0;
  std::string path;   // For example "/StrategicPlan/StrategicPlanCore/Goal[2]/@id".
  std::string value;  // Its text in one line, cut at 200 characters; empty of what is not there.
  std::string text;   // Why, or what was done.
};

struct StratmlPlan {
  planfile::v1::PlanFile file;           // Passes CheckPlanFile.
  std::string document;                  // What it was: "StratML Part 2, Performance_Report".
  std::vector<StratmlNote> losses;       // In the order of the document.
  std::vector<StratmlNote> assumptions;  // What a plan needs and the document does not say.
};

struct StratmlOptions {
  std::string plan{};                               // "plans/{plan}"; empty: as the document or the side-car says.
  const planfile::v1::PlanFile* sidecar = nullptr;  // Not owned. Says what the document cannot.
  const google::type::Date* start_date = nullptr;   // Not owned. If the document does not say.
  const google::type::Date* end_date = nullptr;     // The same.
};

// Takes a document, of whoever, as far as it goes: all of it is in the plan or among the losses. INVALID_ARGUMENT
// (INVALID_REQUEST) with the lines, if it is no StratML, is not safe to read, or makes no plan.
//
// Nothing is fetched and no declared entity is expanded. At most kMaximumPlanFileBytes, 100 levels, and 500,000 tags
// and attributes are read.
absl::StatusOr<StratmlPlan> ReadStratml(absl::string_view xml, const StratmlOptions& options);

// Whether a file is to be read as XML: its first character that is not blank is "<".
bool LooksLikeXml(absl::string_view bytes);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_STRATML_H_
