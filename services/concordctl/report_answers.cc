#include "services/concordctl/report_answers.h"

#include <string>

#include "google/protobuf/struct.pb.h"
#include "services/concordctl/json.h"
#include "services/concordctl/simulated_plan.h"

namespace concord::ctl {
namespace {

template <typename Rows>
void AddList(const Rows& rows, const std::string& key, google::protobuf::Struct& document) {
  auto& list = *(*document.mutable_fields())[key].mutable_list_value();
  for (const auto& row : rows) *list.add_values() = ToJsonValue(row);
}

}  // namespace

std::string ReportJson(const ReportAnswers& answers) {
  google::protobuf::Struct document;
  auto& fields = *document.mutable_fields();
  fields["simulated"].set_bool_value(IsSimulated(answers.plan));
  fields["plan"] = ToJsonValue(answers.plan);
  fields["scorecard"] = ToJsonValue(answers.card);
  AddList(answers.actions.action_scores(), "actionScores", document);
  AddList(answers.indicators.indicator_scores(), "indicatorScores", document);
  AddList(answers.attention.attention_items(), "attentionItems", document);
  AddList(answers.trend.trend_points(), "trendPoints", document);
  if (answers.published) {
    // Its scorecard is the one above.
    reporting::v1::PublishedReport published = *answers.published;
    published.clear_scorecard();
    fields["publishedReport"] = ToJsonValue(published);
    AddList(answers.restatements.restatements(), "restatements", document);
  }
  return ToJson(document);
}

}  // namespace concord::ctl
