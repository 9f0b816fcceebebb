#include "common/aip/filter.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/field_path.h"
#include "common/aip/field_value.h"
#include "common/aip/filter_syntax.h"
#include "common/status/macros.h"
#include "google/protobuf/descriptor.h"

namespace concord::aip {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Filter::Node {
  FilterExpression::Kind kind = FilterExpression::Kind::kEverything;
  std::vector<Node> parts;

  // Of a comparison.
  FieldPath path;
  FilterOperator op = FilterOperator::kEqual;
  bool presence = false;  // `field:*`.
  Operand operand;
};

namespace {

using Kind = FilterExpression::Kind;
using Node = Filter::Node;

bool AsksForPresence(const FilterComparison& comparison) {
  return comparison.op == FilterOperator::kHas && comparison.literal.written == "*";
}

// Whether this operator and literal can be asked of what the path leads to, by its shape.
absl::Status CheckUse(absl::string_view text, const FilterComparison& comparison, const FieldPath& path) {
  const std::string& name = comparison.path.back().text;
  if (comparison.op != FilterOperator::kHas && (path.many() || path.kind() == ValueKind::kMap)) {
    return FilterProblem(text, comparison.op_at, absl::StrCat(name, " may have many values: ask with :"));
  }
  if (AsksForPresence(comparison)) return absl::OkStatus();
  if (path.kind() == ValueKind::kMessage) {
    return FilterProblem(text, comparison.op_at, absl::StrCat(name, " has fields: name one of them, or ask for :*"));
  }
  if (path.kind() == ValueKind::kBytes) {
    return FilterProblem(text, comparison.op_at, absl::StrCat(name, " is no text: it can only be asked for :*"));
  }
  if (path.kind() == ValueKind::kMap &&
      path.field().message_type()->map_key()->type() != FieldDescriptor::TYPE_STRING) {
    return FilterProblem(text, comparison.op_at, absl::StrCat(name, " can only be asked for :*"));
  }
  const bool equality = comparison.op == FilterOperator::kEqual || comparison.op == FilterOperator::kNotEqual ||
                        comparison.op == FilterOperator::kHas;
  if (!equality && (comparison.literal.any_before || comparison.literal.any_after)) {
    return FilterProblem(text, comparison.literal.at, "a * goes with =, != and : only");
  }
  return absl::OkStatus();
}

absl::StatusOr<Node> BindComparison(absl::string_view text, const FilterComparison& comparison, const Descriptor& row) {
  std::vector<std::string> names;
  names.reserve(comparison.path.size());
  for (const FilterPathPart& part : comparison.path) names.push_back(part.text);
  size_t wrong = 0;
  absl::StatusOr<FieldPath> path = FieldPath::Bind(row, names, wrong);
  if (!path.ok()) return FilterProblem(text, comparison.path[wrong].at, path.status().message());
  CONCORD_RETURN_IF_ERROR(CheckUse(text, comparison, *path));
  Node node;
  node.kind = Kind::kComparison;
  node.path = *std::move(path);
  node.op = comparison.op;
  node.presence = AsksForPresence(comparison);
  if (node.presence) return node;
  absl::StatusOr<Operand> operand = Operand::Of(comparison.literal, node.path.field());
  if (!operand.ok()) return FilterProblem(text, comparison.literal.at, operand.status().message());
  node.operand = *std::move(operand);
  return node;
}

absl::StatusOr<Node> BindExpression(absl::string_view text, const FilterExpression& expression, const Descriptor& row) {
  if (expression.kind == Kind::kComparison) return BindComparison(text, expression.comparison, row);
  Node node;
  node.kind = expression.kind;
  for (const FilterExpression& part : expression.parts) {
    CONCORD_ASSIGN_OR_RETURN(Node bound, BindExpression(text, part, row));
    node.parts.push_back(std::move(bound));
  }
  return node;
}

// Whether a key of the map is the one that is asked for.
bool HasKey(const Node& node, const Message& message, const FieldDescriptor& map) {
  const auto& reflection = *message.GetReflection();
  const FieldDescriptor& key = *map.message_type()->map_key();
  std::string scratch;
  for (int i = 0; i < reflection.FieldSize(message, &map); ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, &map, i);
    if (node.operand.Matches(TextValue(entry, key, -1, scratch))) return true;
  }
  return false;
}

bool ComparisonHolds(const Node& node, const Message& row) {
  if (node.presence) return node.path.Exists(row);
  return node.path.AnyValue(row, [&node](const Message& message, const FieldDescriptor& field, int index) {
    if (node.path.kind() == ValueKind::kMap) return HasKey(node, message, field);
    return node.operand.Holds(node.op, message, field, index);
  });
}

bool NodeHolds(const Node& node, const Message& row) {
  const auto holds = [&row](const Node& part) { return NodeHolds(part, row); };
  switch (node.kind) {
    case Kind::kEverything:
      return true;
    case Kind::kAnd:
      return std::all_of(node.parts.begin(), node.parts.end(), holds);
    case Kind::kOr:
      return std::any_of(node.parts.begin(), node.parts.end(), holds);
    case Kind::kNot:
      return !holds(node.parts.front());
    case Kind::kComparison:
      return ComparisonHolds(node, row);
  }
  return false;
}

void PrefetchFor(const Node& node, const Message& row) {
  if (node.kind == Kind::kComparison) node.path.Prefetch(row);
  for (const Node& part : node.parts) PrefetchFor(part, row);
}

}  // namespace

Filter::Filter(std::shared_ptr<const Node> root) : root_(std::move(root)) {}

absl::StatusOr<Filter> Filter::Bind(absl::string_view text, const Descriptor& row) {
  CONCORD_ASSIGN_OR_RETURN(const FilterExpression expression, ParseFilter(text));
  CONCORD_ASSIGN_OR_RETURN(Node root, BindExpression(text, expression, row));
  return Filter(std::make_shared<const Node>(std::move(root)));
}

bool Filter::Holds(const Message& row) const { return NodeHolds(*root_, row); }

void Filter::Prefetch(const Message& row) const { PrefetchFor(*root_, row); }

}  // namespace concord::aip
