// Answers filters and orders about rows, for conformance_test.py. Lines in, lines out:
//
//   row <JSON of a row>          one more row
//   filter <JSON string>         "refused <sentence>", or a 0 or 1 for each row
//   order <JSON string>          "refused <sentence>", or the rows' numbers in that order, those equal by number
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/filter.h"
#include "common/aip/order_by.h"
#include "common/aip/row_schema_for_test.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace {

using concord::aip::RowSchema;
using Rows = std::vector<RowSchema::MessagePtr>;

std::string Refused(const absl::Status& status) { return absl::StrCat("refused ", status.message()); }

std::string FilterAnswer(const std::string& text, const RowSchema& schema, const Rows& rows) {
  const auto filter = concord::aip::Filter::Bind(text, schema.type());
  if (!filter.ok()) return Refused(filter.status());
  std::string answer;
  for (const auto& row : rows) answer += filter->Holds(*row) ? '1' : '0';
  return answer;
}

std::string OrderAnswer(const std::string& text, const RowSchema& schema, const Rows& rows) {
  const auto order = concord::aip::OrderBy::Bind(text, schema.type());
  if (!order.ok()) return Refused(order.status());
  std::vector<std::pair<std::string, size_t>> places;
  for (size_t i = 0; i < rows.size(); ++i) places.emplace_back(order->KeyOf(*rows[i]), i);
  std::sort(places.begin(), places.end());
  return absl::StrJoin(places, " ", [](std::string* out, const auto& place) { absl::StrAppend(out, place.second); });
}

}  // namespace

int main() {
  RowSchema schema;
  Rows rows;
  for (std::string line; std::getline(std::cin, line);) {
    const size_t space = line.find(' ');
    const std::string what = line.substr(0, space);
    const std::string rest = line.substr(space + 1);
    if (what == "row") {
      rows.push_back(schema.JsonRow(rest));
      continue;
    }
    google::protobuf::Value text;
    if (!google::protobuf::util::JsonStringToMessage(rest, &text).ok()) return 1;
    std::cout << (what == "filter" ? FilterAnswer(text.string_value(), schema, rows)
                                   : OrderAnswer(text.string_value(), schema, rows))
              << "\n";
  }
  return 0;
}
