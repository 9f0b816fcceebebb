#include "common/aip/filter_syntax.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/aip/limits.h"
#include "common/status/macros.h"

namespace concord::aip {
namespace {

using Kind = FilterExpression::Kind;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsNameCharacter(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; }
bool IsKeyCharacter(char c) { return IsNameCharacter(c) || c == '-'; }
bool IsWordCharacter(char c) {
  return IsKeyCharacter(c) || c == '+' || c == '.' || c == '/' || c == '*' || static_cast<unsigned char>(c) >= 0x80;
}
bool IsKeyword(absl::string_view word) { return word == "AND" || word == "OR" || word == "NOT"; }

// A text in which some characters are wildcards.
struct MarkedText {
  std::string text;
  std::vector<size_t> wildcards;  // Where in the text.
};

// One way down, never back: what it reads next is decided by one character or one keyword.
class Parser {
 public:
  explicit Parser(absl::string_view text) : text_(text) {}

  absl::StatusOr<FilterExpression> Parse() {
    SkipSpace();
    if (AtEnd()) return FilterExpression();
    CONCORD_ASSIGN_OR_RETURN(FilterExpression expression, ParseAnd());
    SkipSpace();
    if (AtEnd()) return expression;
    return Problem(at_, Next() == ')' ? "there is no ( for this )" : "expected AND, OR or the end");
  }

 private:
  absl::StatusOr<FilterExpression> ParseAnd() { return ParseChain(Kind::kAnd, "AND", &Parser::ParseOr); }
  absl::StatusOr<FilterExpression> ParseOr() { return ParseChain(Kind::kOr, "OR", &Parser::ParseTerm); }

  absl::StatusOr<FilterExpression> ParseChain(Kind kind, absl::string_view keyword,
                                              absl::StatusOr<FilterExpression> (Parser::*parse_part)()) {
    CONCORD_ASSIGN_OR_RETURN(FilterExpression first, (this->*parse_part)());
    if (!TakeKeyword(keyword)) return first;
    FilterExpression chain;
    chain.kind = kind;
    chain.parts.push_back(std::move(first));
    do {
      CONCORD_ASSIGN_OR_RETURN(FilterExpression part, (this->*parse_part)());
      chain.parts.push_back(std::move(part));
    } while (TakeKeyword(keyword));
    return chain;
  }

  absl::StatusOr<FilterExpression> ParseTerm() {
    if (!TakeKeyword("NOT") && !Take('-')) return ParseSimple();
    CONCORD_ASSIGN_OR_RETURN(FilterExpression part, ParseSimple());
    FilterExpression negation;
    negation.kind = Kind::kNot;
    negation.parts.push_back(std::move(part));
    return negation;
  }

  absl::StatusOr<FilterExpression> ParseSimple() {
    SkipSpace();
    const size_t open = at_;
    if (!Take('(')) return ParseComparison();
    if (++depth_ > kFilterDepthLimit) {
      return Problem(open, absl::StrCat("parentheses may be nested ", kFilterDepthLimit, " deep"));
    }
    CONCORD_ASSIGN_OR_RETURN(FilterExpression inside, ParseAnd());
    SkipSpace();
    if (!Take(')')) return Problem(at_, "expected AND, OR or )");
    --depth_;
    return inside;
  }

  absl::StatusOr<FilterExpression> ParseComparison() {
    if (++comparisons_ > kFilterComparisonsLimit) {
      return Problem(at_, absl::StrCat("more than ", kFilterComparisonsLimit, " comparisons"));
    }
    FilterExpression expression;
    expression.kind = Kind::kComparison;
    CONCORD_ASSIGN_OR_RETURN(expression.comparison.path, ParsePath());
    SkipSpace();
    expression.comparison.op_at = at_;
    CONCORD_ASSIGN_OR_RETURN(expression.comparison.op, ParseOperator());
    SkipSpace();
    CONCORD_ASSIGN_OR_RETURN(expression.comparison.literal, ParseLiteral());
    return expression;
  }

  absl::StatusOr<std::vector<FilterPathPart>> ParsePath() {
    const size_t begin = at_;
    const absl::string_view first = TakeWhile(IsNameCharacter);
    if (first.empty() || absl::ascii_isdigit(static_cast<unsigned char>(first[0])) || IsKeyword(first)) {
      return Problem(begin, "expected a field, NOT or (");
    }
    std::vector<FilterPathPart> path = {{std::string(first), begin}};
    while (Take('.')) {
      const size_t at = at_;
      if (AtQuote()) {
        CONCORD_ASSIGN_OR_RETURN(MarkedText content, ParseQuoted());
        path.push_back({std::move(content.text), at});
        continue;
      }
      const absl::string_view part = TakeWhile(IsKeyCharacter);
      if (part.empty()) return Problem(at, "expected a field or a key after the point");
      path.push_back({std::string(part), at});
    }
    return path;
  }

  absl::StatusOr<FilterOperator> ParseOperator() {
    static constexpr std::pair<const char*, FilterOperator> kOperators[] = {
        {"!=", FilterOperator::kNotEqual}, {"<=", FilterOperator::kLessEqual}, {">=", FilterOperator::kGreaterEqual},
        {"=", FilterOperator::kEqual},     {"<", FilterOperator::kLess},       {">", FilterOperator::kGreater},
        {":", FilterOperator::kHas}};
    for (const auto& [sign, op] : kOperators) {
      if (!absl::StartsWith(text_.substr(at_), sign)) continue;
      at_ += std::string(sign).size();
      return op;
    }
    return Problem(at_, "expected = != < <= > >= or : after the field");
  }

  absl::StatusOr<FilterLiteral> ParseLiteral() {
    FilterLiteral literal;
    literal.at = at_;
    literal.quoted = AtQuote();
    MarkedText content;
    if (literal.quoted) {
      CONCORD_ASSIGN_OR_RETURN(content, ParseQuoted());
    } else {
      content.text = std::string(TakeWhile(IsWordCharacter));
      if (content.text.empty() || IsKeyword(content.text)) return Problem(literal.at, "expected a value");
      for (size_t i = 0; i < content.text.size(); ++i) {
        if (content.text[i] == '*') content.wildcards.push_back(i);
      }
    }
    literal.written = std::string(text_.substr(literal.at, at_ - literal.at));
    return WithWildcards(std::move(content), std::move(literal));
  }

  // Takes the wildcards off the ends.
  absl::StatusOr<FilterLiteral> WithWildcards(MarkedText content, FilterLiteral literal) const {
    const size_t size = content.text.size();
    for (const size_t wildcard : content.wildcards) {
      if (wildcard > 0 && wildcard + 1 < size) {
        return Problem(literal.at, "a * stands at the beginning or the end of a value; \\* in quotes is the character");
      }
      literal.any_before = literal.any_before || wildcard == 0;
      literal.any_after = literal.any_after || wildcard + 1 == size;
    }
    const size_t begin = literal.any_before ? 1 : 0;
    const size_t end = literal.any_after && size > begin ? size - 1 : size;
    literal.text = content.text.substr(begin, end - begin);
    return literal;
  }

  // In either kind of quotes, with \ before quotes, \ and *.
  absl::StatusOr<MarkedText> ParseQuoted() {
    const size_t begin = at_;
    const char quote = text_[at_++];
    MarkedText content;
    for (; !AtEnd() && Next() != quote; ++at_) {
      if (Next() == '*') content.wildcards.push_back(content.text.size());
      if (Next() == '\\') {
        ++at_;
        if (AtEnd() || !absl::StrContains("\"'\\*", Next())) {
          return Problem(at_ - 1, R"(a \ stands before ", ', \ or * only)");
        }
      }
      content.text += Next();
    }
    if (!Take(quote)) return Problem(begin, "this quote is not closed");
    return content;
  }

  bool AtEnd() const { return at_ == text_.size(); }
  char Next() const { return text_[at_]; }
  bool AtQuote() const { return !AtEnd() && (Next() == '"' || Next() == '\''); }

  void SkipSpace() {
    while (!AtEnd() && IsSpace(Next())) ++at_;
  }

  bool Take(char c) {
    if (AtEnd() || Next() != c) return false;
    ++at_;
    return true;
  }

  bool TakeKeyword(absl::string_view keyword) {
    SkipSpace();
    const absl::string_view rest = text_.substr(at_);
    if (!absl::StartsWith(rest, keyword)) return false;
    if (rest.size() > keyword.size() && IsNameCharacter(rest[keyword.size()])) return false;
    at_ += keyword.size();
    return true;
  }

  absl::string_view TakeWhile(bool (*is_part)(char)) {
    const size_t begin = at_;
    while (!AtEnd() && is_part(Next())) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  absl::Status Problem(size_t at, absl::string_view sentence) const { return FilterProblem(text_, at, sentence); }

  const absl::string_view text_;
  size_t at_ = 0;
  int depth_ = 0;
  int comparisons_ = 0;
};

}  // namespace

absl::Status FilterProblem(absl::string_view text, size_t at, absl::string_view sentence) {
  return absl::InvalidArgumentError(
      absl::StrCat("at character ", CountCharacters(text.substr(0, at)) + 1, ": ", sentence));
}

absl::StatusOr<FilterExpression> ParseFilter(absl::string_view text) {
  if (CountCharacters(text) > kFilterCharactersLimit) {
    return absl::InvalidArgumentError(absl::StrCat("must have at most ", kFilterCharactersLimit, " characters"));
  }
  return Parser(text).Parse();
}

}  // namespace concord::aip
