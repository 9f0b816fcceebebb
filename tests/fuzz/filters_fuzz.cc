// The first line is an order, the rest a filter, both of any text. What is refused is refused with a sentence;
// what is accepted is answered for every row, NOT turns each answer around, AND with itself changes none. Keys of an
// order put the rows in one order, and "desc" in its opposite.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/filter.h"
#include "common/aip/limits.h"
#include "common/aip/order_by.h"
#include "common/aip/row_schema_for_test.h"
#include "tests/fuzz/check.h"

namespace {

using concord::aip::Filter;
using concord::aip::OrderBy;
using concord::aip::RowSchema;

struct Rows {
  RowSchema schema;
  std::vector<RowSchema::MessagePtr> rows;
};

Rows* MakeRows() {
  auto* made = new Rows();
  for (
      const char* row :
      {"", "title: 'a' count: -1 weight: nan value { value: '1.50' } labels { key: 'area' value: 'x' } tags: 'a'",
       "title: 'ab' note: '' size: 0 total: 18446744073709551615 weight: -0 value { value: '-9.5' } colour: COLOUR_RED",
       "create_time { seconds: -1 nanos: 999999999 } due_date { year: 2012 month: 2 day: 29 } part { weight: 2 }",
       "parts { title: 'a' part { tags: 'b' } } parts { } numbers: 1 colours: COLOUR_BLUE by_key { key: 'k' } raw: 'r'",
       "value { value: 'none' } labels { key: 'my key' } by_number { key: 1 value: 'x' } left: 'l' done: true"}) {
    made->rows.push_back(made->schema.Row(row));
  }
  return made;
}

void CheckFilter(const std::string& text, const Rows& rows) {
  const auto filter = Filter::Bind(text, rows.schema.type());
  if (!filter.ok()) {
    FUZZ_CHECK(!filter.status().message().empty());
    return;
  }
  FUZZ_CHECK(concord::aip::CountCharacters(text) <= 2'000);
  // One pair of parentheses more may be one too many, and so may the characters.
  const auto negation = Filter::Bind(absl::StrCat("NOT (", text, ")"), rows.schema.type());
  const auto twice = Filter::Bind(absl::StrCat("(", text, ") AND (", text, ")"), rows.schema.type());
  for (const auto& row : rows.rows) {
    const bool holds = filter->Holds(*row);
    FUZZ_CHECK(!negation.ok() || negation->Holds(*row) != holds);
    FUZZ_CHECK(!twice.ok() || twice->Holds(*row) == holds);
  }
}

void CheckOrder(const std::string& text, const Rows& rows) {
  const auto order = OrderBy::Bind(text, rows.schema.type());
  if (!order.ok()) {
    FUZZ_CHECK(!order.status().message().empty());
    return;
  }
  const auto opposite = OrderBy::Bind(absl::StrCat(text, " desc"), rows.schema.type());
  const bool one_field = text.find(',') == std::string::npos && opposite.ok();
  for (const auto& a : rows.rows) {
    for (const auto& b : rows.rows) {
      const int there = order->KeyOf(*a).compare(order->KeyOf(*b));
      const int back = one_field ? opposite->KeyOf(*b).compare(opposite->KeyOf(*a)) : there;
      FUZZ_CHECK((there < 0) == (back < 0) && (there > 0) == (back > 0));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Rows& rows = *MakeRows();
  const std::string text(reinterpret_cast<const char*>(data), size);
  const size_t end = text.find('\n');
  CheckOrder(text.substr(0, end), rows);
  if (end != std::string::npos) CheckFilter(text.substr(end + 1), rows);
  return 0;
}
