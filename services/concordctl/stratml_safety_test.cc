// Documents that mean harm, or are none.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/stratml_fixture.h"

namespace concord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Repeated(const std::string& text, int count) {
  std::string all;
  all.reserve(text.size() * static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST(StratmlSafety, ExpandsNoEntityAndSaysSo) {
  std::string declarations = "<!DOCTYPE StrategicPlan [\n<!ENTITY a0 \"ha\">\n";
  for (int i = 1; i < 30; ++i) {
    absl::StrAppend(&declarations, "<!ENTITY a", i, " \"", Repeated(absl::StrCat("&a", i - 1, ";"), 10), "\">\n");
  }
  absl::StrAppend(&declarations, "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>\n");
  const StratmlPlan plan = ReadBack(
      declarations + StratmlWith("<Goal><Name>&a29;</Name><Description>&file; &amp; &#x41;</Description></Goal>"),
      {.plan = "plans/t"});
  EXPECT_EQ(plan.file.objectives(0).title(), "&a29;");
  EXPECT_EQ(plan.file.objectives(0).outcome(), "&file; & A");
  EXPECT_THAT(LossesOf(plan), HasSubstr("/!DOCTYPE StrategicPlan [ <!ENTITY a0"));
  EXPECT_THAT(LossesOf(plan), HasSubstr("declarations are not read"));
}

TEST(StratmlSafety, RefusesWhatIsTooLarge) {
  EXPECT_EQ(RefusalOf(StratmlWith(Repeated("x", kMaximumPlanFileBytes))),
            "line 1: the document has more than 8388608 bytes");
}

TEST(StratmlSafety, RefusesWhatIsTooDeepWithTheLine) {
  EXPECT_THAT(RefusalOf(StratmlWith(Repeated("<Goal>\n", 200'000) + Repeated("</Goal>", 200'000))),
              AllOf(StartsWith("line 10"), HasSubstr("nested more than 100 deep")));
}

TEST(StratmlSafety, RefusesTooManyElementsBeforeTheyTakeRoom) {
  EXPECT_THAT(RefusalOf(StratmlWith(Repeated("<a/>", 600'000))), HasSubstr("more than 500000 tags and attributes"));
}

TEST(StratmlSafety, TakesManyElementsThatAreAllAlikeInShortTime) {
  const std::string goal =
      absl::StrCat("<Goal><Name>A</Name><SequenceIndicator>Goal 12345678901234</SequenceIndicator>",
                   "<Objective><Name>B</Name><SequenceIndicator>1</SequenceIndicator></Objective></Goal>");
  const absl::Time begin = absl::Now();
  const StratmlPlan plan = ReadBack(StratmlWith(Repeated(goal, 20'000)), {.plan = "plans/t"});
  EXPECT_EQ(plan.file.objectives_size(), 20'000);
  // Two seconds as a rule; what looks at each of them for each takes minutes.
  EXPECT_LT(absl::Now() - begin, absl::Seconds(60));
}

TEST(StratmlSafety, TellsTheLineWhereADocumentEndsTooEarly) {
  const std::string xml = StratmlWith("<Goal>\n<Name>A</Name>\n</Goal>");
  EXPECT_THAT(RefusalOf(xml.substr(0, xml.find("</Goal>"))),
              StartsWith("line 6: the document is not well formed, or ends too early"));
  EXPECT_THAT(RefusalOf("<StrategicPlan>\n<Name>A</Nam>\n</StrategicPlan>"), StartsWith("line 2: "));
}

TEST(StratmlSafety, NeverCrashesOnATruncatedDocument) {
  const std::string xml = WrittenAs(StratmlPart::kPerformance, StratmlTestPlan());
  int refused = 0;
  for (size_t end = 0; end + 2 < xml.size(); ++end) {
    if (!RefusalOf(xml.substr(0, end)).empty()) ++refused;
  }
  EXPECT_EQ(refused, static_cast<int>(xml.size()) - 2);
}

// Else each of very many losses would tell of a very long way to it.
TEST(StratmlSafety, RefusesLongNamesAndTellsTheEndOfALongPath) {
  const std::string name(201, 'n');
  EXPECT_EQ(RefusalOf(StratmlWith(absl::StrCat("<", name, "/>"))), "line 5: a name is longer than 200 bytes");
  EXPECT_EQ(RefusalOf(StratmlWith(absl::StrCat("<Goal ", name, "='x'/>"))), "line 5: a name is longer than 200 bytes");
  const std::string shorter(150, 's');
  std::string begin;
  std::string end;
  for (int i = 0; i < 20; ++i) {
    absl::StrAppend(&begin, "<", shorter, ">");
    absl::StrAppend(&end, "</", shorter, ">");
  }
  const StratmlPlan plan = ReadBack(StratmlWith(absl::StrCat(begin, "<!--x-->", end)), {.plan = "plans/t"});
  ASSERT_EQ(plan.losses.size(), 1u);
  EXPECT_EQ(plan.losses[0].path, absl::StrCat("…/", shorter, "/comment()"));
}

TEST(StratmlSafety, RefusesWhatIsNoStratmlWithTheReason) {
  EXPECT_THAT(RefusalOf("<html/>"), HasSubstr("<html> is no root of StratML"));
  EXPECT_EQ(RefusalOf("<!-- nothing -->"), "line 1: there is no element");
  EXPECT_EQ(RefusalOf("<StrategicPlan/>\n<StrategicPlan/>"), "line 2: there is a second root element");
  EXPECT_EQ(RefusalOf("<StrategicPlan/>\n\nmore"), "line 3: there is text outside of the root element");
  EXPECT_EQ(RefusalOf("\n<StrategicPlan/>"), "line 2: there is no StrategicPlanCore, so there is no plan");
  EXPECT_THAT(RefusalOf("<StrategicPlan><StrategicPlanCore/></StrategicPlan>", {}), HasSubstr("say --plan"));
}

TEST(StratmlSafety, RefusesControlCharactersAndBrokenTextWithTheLine) {
  EXPECT_EQ(RefusalOf(StratmlWith("<Goal><Name>\x01</Name></Goal>")), "line 5: there is a control character");
  EXPECT_EQ(RefusalOf(StratmlWith("<Goal><Name>\xFF\xC0</Name></Goal>")), "line 5: this is not UTF-8");
  for (const char* reference : {"&#1;", "&#x7f;", "&#xD800;"}) {
    EXPECT_EQ(RefusalOf(StratmlWith(absl::StrCat("<Goal><Name>", reference, "</Name></Goal>"))),
              "line 5: a reference stands for a character that XML does not allow")
        << reference;
  }
}

TEST(StratmlSafety, DecodesLatin1AndRefusesWhatItDoesNotDecode) {
  const std::string latin =
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + StratmlWith("<Goal><Name>\xE9t\xE9</Name></Goal>");
  EXPECT_EQ(ReadBack(latin, {.plan = "plans/t"}).file.objectives(0).title(), "été");
  EXPECT_THAT(RefusalOf("<?xml version='1.0' encoding='Shift_JIS'?><StrategicPlan/>"),
              HasSubstr("the encoding \"shift_jis\" is not read"));
  EXPECT_THAT(RefusalOf("<?xml version='1.0' encoding='\xFF\xC0'?><StrategicPlan/>"), HasSubstr("the encoding \"??\""));
  EXPECT_THAT(RefusalOf(std::string("\xFF\xFE<\0a\0", 6)), HasSubstr("UTF-16"));
  EXPECT_TRUE(LooksLikeXml("\xEF\xBB\xBF \n<a/>"));
  EXPECT_TRUE(LooksLikeXml("\xFF\xFE<"));
  EXPECT_FALSE(LooksLikeXml("{}"));
  EXPECT_EQ(ReadBack("\xEF\xBB\xBF" + StratmlWith(""), {.plan = "plans/t"}).file.plan().title(), "Theirs");
}

}  // namespace
}  // namespace concord::ctl
