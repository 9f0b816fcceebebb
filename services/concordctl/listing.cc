#include "services/concordctl/listing.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "services/concordctl/field_text.h"
#include "services/concordctl/names.h"

namespace concord::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string TextAt(const Message& message, const std::string& path) {
  const size_t dot = path.find('.');
  const FieldDescriptor& field = *message.GetDescriptor()->FindFieldByName(path.substr(0, dot));
  if (dot == std::string::npos) return FieldText(message, field);
  return TextAt(message.GetReflection()->GetMessage(message, &field), path.substr(dot + 1));
}

std::string TextOf(const Message& row, const FieldColumn& column) {
  if (column.text != nullptr) return column.text(row);
  for (const absl::string_view path : absl::StrSplit(column.field, '|')) {
    std::string text = TextAt(row, std::string(path));
    // Members are named in full beside others, for so flags take them.
    const bool shortens = IsFullName(text) && (path == "name" || !absl::StartsWith(text, "members/"));
    if (shortens) text = ShortName(text);
    if (!text.empty()) return text;
  }
  return "";
}

bool IsDeleted(const Message& row) {
  const FieldDescriptor* field = row.GetDescriptor()->FindFieldByName("delete_time");
  return field != nullptr && row.GetReflection()->HasField(row, field);
}

const FieldDescriptor* RowsOf(const Message& response) {
  for (int i = 0; i < response.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = response.GetDescriptor()->field(i);
    if (field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) return field;
  }
  return nullptr;
}

}  // namespace

Table RowsTable(const Message& response, const std::vector<FieldColumn>& columns) {
  std::vector<Column> headings;
  size_t marked = 0;
  for (const FieldColumn& column : columns) {
    if (column.field == "title") marked = headings.size();
    headings.push_back(column.column);
  }
  Table table(headings);
  const FieldDescriptor* rows = RowsOf(response);
  for (int i = 0; i < response.GetReflection()->FieldSize(response, rows); ++i) {
    const Message& row = response.GetReflection()->GetRepeatedMessage(response, rows, i);
    const bool deleted = IsDeleted(row);
    std::vector<Cell> cells;
    for (const FieldColumn& column : columns) {
      std::string text = TextOf(row, column);
      if (deleted && cells.size() == marked) text.insert(0, "(deleted) ");
      cells.emplace_back(text, deleted ? Tone::kFaint : Tone::kPlain);
    }
    table.AddRow(std::move(cells));
  }
  return table;
}

}  // namespace concord::ctl
