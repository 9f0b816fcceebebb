#include "services/concordctl/directory_file_text.h"

#include <zlib.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/directoryfile/v1/project_row.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/directory_file_values.h"

namespace concord::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string bytes(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(&bytes[0]);
  stream.avail_out = static_cast<uInt>(bytes.size());
  deflate(&stream, Z_FINISH);
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  return bytes;
}

TEST(TextOfFile, KnowsGzipByItsContent) {
  const std::string text(3 << 20, 'a');
  EXPECT_EQ(*TextOfFile("plain"), "plain");
  EXPECT_EQ(*TextOfFile(""), "");
  EXPECT_EQ(*TextOfFile(Gzip(text)), text);
  EXPECT_EQ(*TextOfFile(Gzip("two ") + Gzip("members")), "two members");
}

TEST(TextOfFile, TakesAByteOrderMarkAway) { EXPECT_EQ(*TextOfFile("\xef\xbb\xbfid"), "id"); }

TEST(TextOfFile, RefusesWhatIsDamaged) {
  std::string cut = Gzip("a text that is long enough to be cut in the middle");
  cut.resize(cut.size() - 12);
  EXPECT_THAT(TextOfFile(cut).status().message(), HasSubstr("is damaged"));
  std::string wrong = Gzip("a text that is long enough to be cut in the middle");
  wrong[12] ^= 0x55;
  EXPECT_FALSE(TextOfFile(wrong).ok());
}

// The rows of a CSV text: "line: a|b" of the columns a and b.
struct CsvOutcome {
  absl::StatusOr<bool> all;
  std::vector<std::string> rows;
  DirectoryReport report;
};

CsvOutcome ReadCsv(const std::string& text) {
  CsvOutcome outcome;
  outcome.all = ForEachCsvRow(text, DirectoryPart::kMembers, DirectoryCollection::kMembers, {"a", "b"}, outcome.report,
                              [&](const CsvRow& row, Origin origin) {
                                outcome.rows.push_back(absl::StrCat(origin.line, ": ", row["a"], "|", row["b"]));
                              });
  return outcome;
}

TEST(ForEachCsvRow, FindsColumnsByTheirHeadings) {
  const CsvOutcome outcome = ReadCsv("b,more,a\n1,2, 3 \n\n4,5,\n");
  EXPECT_TRUE(*outcome.all);
  EXPECT_THAT(outcome.rows, ElementsAre("2: 3|1", "4: |4"));
}

TEST(ForEachCsvRow, ReadsQuotesLineEndsInsideThemAndCarriageReturns) {
  const CsvOutcome outcome = ReadCsv("a,b\r\n\"x, \"\"y\"\"\nz\",1\r\nq,2\r\n");
  EXPECT_THAT(outcome.rows, ElementsAre("2: x, \"y\"\nz|1", "4: q|2"));
}

TEST(ForEachCsvRow, GoesOnAfterARowThatIsNone) {
  const CsvOutcome outcome = ReadCsv("a,b\n1,2,3\n\"x\"y,4\n\xff,5\n6,7");
  EXPECT_FALSE(*outcome.all);
  EXPECT_THAT(outcome.rows, ElementsAre("5: 6|7"));
  ASSERT_THAT(outcome.report.rejected(), SizeIs(3));
  EXPECT_EQ(outcome.report.rejected()[0].reason, "has 3 columns under 2 headings");
  EXPECT_EQ(outcome.report.rejected()[1].origin.line, 3);
  EXPECT_THAT(outcome.report.rejected()[1].reason, HasSubstr("quotes"));
  EXPECT_EQ(outcome.report.rejected()[2].reason, "is not UTF-8");
}

TEST(ForEachCsvRow, TellsAQuoteThatIsNeverClosed) {
  const CsvOutcome outcome = ReadCsv("a,b\n1,2\n3,\"4\n5,6\n");
  EXPECT_FALSE(*outcome.all);
  EXPECT_THAT(outcome.rows, ElementsAre("2: 1|2"));
  EXPECT_EQ(outcome.report.rejected()[0].origin.line, 3);
}

TEST(ForEachCsvRow, RefusesAFileOfAnotherKind) {
  EXPECT_EQ(ReadCsv("a,c\n1,2\n").all.status().message(), "has no column \"b\"");
  EXPECT_FALSE(ReadCsv("").all.ok());
}

TEST(ForEachJsonRow, GoesOnAfterALineThatIsNone) {
  directoryfile::v1::ProjectRow row;
  DirectoryReport report;
  std::vector<std::string> rows;
  const bool all = ForEachJsonRow(
      "{\"iso_id\": 1, \"stage\": \"60.60\", \"unknown\": {}}\n\n{\"isoId\": \"2\", \"ics\": null}\n{\"iso_id\": "
      "\"x\"}\n{\n",
      DirectoryPart::kWorkItems, DirectoryCollection::kWorkItems, row, report,
      [&](Origin origin) { rows.push_back(absl::StrCat(origin.line, ": ", row.iso_id())); });
  EXPECT_FALSE(all);
  EXPECT_THAT(rows, ElementsAre("1: 1", "3: 2"));
  ASSERT_THAT(report.rejected(), SizeIs(2));
  EXPECT_THAT(report.rejected()[0].reason, HasSubstr("iso_id"));
  EXPECT_EQ(report.rejected()[1].origin.line, 5);
}

TEST(PlainText, LeavesTheWordsOfHtml) {
  EXPECT_EQ(PlainText("Standardization in the field of <i>tea</i>."), "Standardization in the field of tea.");
  EXPECT_EQ(PlainText("<p>One\n two</p><p>R&amp;D &lt;x&gt; &eacute;</p>"), "One two\n\nR&D <x> é");
  EXPECT_EQ(PlainText("Here: <ul>\n<li>a</li>\n<li>b<br>c</li>\n</ul> end"), "Here:\n- a\n- b\nc\nend");
  EXPECT_EQ(PlainText("a<script>b()</script><!-- c -->d"), "ad");
}

TEST(PlainText, KeepsParagraphsThatPeopleTyped) {
  EXPECT_EQ(PlainText("one\ntwo\n\n  three\t four "), "one two\n\nthree four");
}

TEST(PlainText, TakesWhatIsNoHtml) {
  EXPECT_EQ(PlainText(""), "");
  EXPECT_EQ(PlainText("R&S, 3 < 4 </p"), "R&S, 3 < 4");
}

TEST(CutToCharacters, CutsBetweenCharacters) {
  EXPECT_EQ(CutToCharacters("aéi", 2), "aé");
  EXPECT_EQ(CutToCharacters("aéi", 3), "aéi");
  EXPECT_THAT(CutToCharacters("aéi", 0), IsEmpty());
}

}  // namespace
}  // namespace concord::ctl
