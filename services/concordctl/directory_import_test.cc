// The import of directory files through the whole program.
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/concordctl_fixture.h"

namespace concord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kMembers[] =
    "iso_member_id,acronym,name,alpha3,membership_type\n1,ONE,First,AAA,MEMBER_BODY\n2,TWO,Second,BBB,MEMBER_BODY\n";
constexpr char kCommittees[] = R"({"id":5,"reference":"ISO/TC 5","status":"Active","title":{"en":"Tea"},)"
                               R"("secretariat":{"id":1,"acronym":"ONE"},"pMembers":[{"id":1,"acronym":"ONE"},)"
                               R"({"id":2,"acronym":"TWO"}],"committeeLiaisons":[{"id":7,"reference":null}]})"
                               "\n"
                               R"({"id":6,"reference":"ISO/TC 6","status":"Active","title":{"en":"Cups"},)"
                               R"("secretariat":{"id":2,"acronym":"TWO"},"pMembers":[{"id":2,"acronym":"TWO"}]})"
                               "\n";
constexpr char kWorkItems[] = R"({"iso_id":9,"reference":"ISO 9","committee":"ISO/TC 5","title_en":"Cups of tea"})"
                              "\n";

class DirectoryImport : public Concordctl {
 protected:
  // Writes a file; its path.
  static std::string File(const std::string& name, const std::string& content) {
    std::string path = testing::TempDir() + "/directory_import_" + name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  Result ImportAll(const std::string& date, const std::string& committees, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"directory", "import", "--members", File("members.csv", kMembers), "--committees",
                               File("committees.jsonl", committees), "--work-items",
                               File("work_items.jsonl", kWorkItems), "--date", date});
    return Run(more);
  }

  DirectoryForTest& directory() { return services_.directory(); }
};

TEST_F(DirectoryImport, TakesEverythingOverAndThenFindsNothingToChange) {
  const Result first = ImportAll("2011-07-01", kCommittees);
  EXPECT_EQ(first.code, kDone) << first.err;
  EXPECT_THAT(first.out, AllOf(StartsWith("imported\n"), ContainsRegex("members +2 +2 +0 +0 +0 +0 +0\n"),
                               ContainsRegex("committees +2 +2 +0"), ContainsRegex("participations +3 +3"),
                               ContainsRegex("liaisons +1 +1 +0 +0 +0 +0 +1\n"), ContainsRegex("work items +1 +1"),
                               ContainsRegex("1  REFERENCE_BROKEN"), HasSubstr("it dangles")));
  EXPECT_EQ(directory().Get<member::v1::Committee>("committees/5").secretariat_periods(0).member(), "members/1");
  EXPECT_THAT(directory().batches(), ElementsAre(2, 2, 3, 2, 1, 1)) << "secretariats after participations";
  const Result second = ImportAll("2011-07-01", kCommittees);
  EXPECT_EQ(second.code, kDone) << second.err;
  EXPECT_THAT(second.out, AllOf(StartsWith("nothing to change\n"), ContainsRegex("participations +3 +0 +0 +0 +3"),
                                ContainsRegex("liaisons +1 +0 +0 +0 +1 +0 +1\n")))
      << "what is found stays found";
  EXPECT_THAT(directory().batches(), testing::SizeIs(6));
}

TEST_F(DirectoryImport, CountsTheSameOnADryRunAndWritesNothing) {
  const Result dry = ImportAll("2011-07-01", kCommittees, {"--dry-run"});
  EXPECT_EQ(dry.code, kDone) << dry.err;
  EXPECT_THAT(dry.out, AllOf(StartsWith("dry run, nothing was written"), ContainsRegex("participations +3 +3")));
  EXPECT_THAT(directory().batches(), IsEmpty());
}

TEST_F(DirectoryImport, EndsWhatANewerSnapshotNoLongerHas) {
  ImportAll("2011-07-01", kCommittees);
  const std::string one = std::string(kCommittees).substr(0, std::string(kCommittees).find('\n') + 1);
  const Result newer = ImportAll("2012-07-01", one);
  EXPECT_EQ(newer.code, kDone) << newer.err;
  EXPECT_THAT(newer.out,
              AllOf(ContainsRegex("committees +1 +0 +0 +1 +1"), ContainsRegex("participations +2 +0 +0 +1 +2")));
  EXPECT_EQ(directory().Get<member::v1::Committee>("committees/6").disbanding_date().month(), 6);
  const auto left = directory().Get<member::v1::Participation>("committees/6/participations/2");
  EXPECT_EQ(left.role_periods(0).end_date().day(), 30);
}

TEST_F(DirectoryImport, RejectsWhatTheServiceRefusesAndTakesTheRest) {
  directory().Refuse("Tea");
  const Result some = ImportAll("2011-07-01", kCommittees);
  EXPECT_EQ(some.code, kRefused);
  EXPECT_THAT(some.out, AllOf(ContainsRegex("committees.jsonl +1  5 +title: is not liked"),
                              ContainsRegex("committees +2 +1 +0 +0 +0 +1")));
  EXPECT_THAT(some.err,
              AllOf(HasSubstr("1 of the rows cannot be taken over; everything else was"), HasSubstr("ROWS_REJECTED")));
  EXPECT_EQ(directory().Get<member::v1::Committee>("committees/6").title(), "Cups");
  EXPECT_EQ(directory().Get<member::v1::Committee>("committees/5").name(), "") << "nor its secretariat";
}

TEST_F(DirectoryImport, PrintsADocument) {
  directory().Refuse("Tea");
  const Result json = ImportAll("2011-07-01", kCommittees, {"--output", "json"});
  EXPECT_EQ(json.code, kRefused);
  EXPECT_THAT(json.out, AllOf(StartsWith("{"), HasSubstr("\"date\": \"2011-07-01\""), HasSubstr("\"rejectedRows\": ["),
                              HasSubstr("\"reason\": \"title: is not liked\""), HasSubstr("\"withFindings\": 1")));
  EXPECT_THAT(json.err, HasSubstr("\"ROWS_REJECTED\""));
}

TEST_F(DirectoryImport, SendsHalvesOfWhatIsTooLargeForOneCommit) {
  directory().LimitCommits(2);
  const Result result = ImportAll("2011-07-01", kCommittees);
  EXPECT_EQ(result.code, kDone) << result.err;
  EXPECT_THAT(directory().batches(), ElementsAre(2, 2, 3, 1, 2, 2, 1, 1));
  EXPECT_EQ(directory().CountOf("participations"), 3);
}

TEST_F(DirectoryImport, GoesOnAfterItWasCutOff) {
  directory().BreakAfterImports(3);
  const Result cut = ImportAll("2011-07-01", kCommittees);
  EXPECT_EQ(cut.code, kUnavailable);
  EXPECT_THAT(cut.err, HasSubstr("stopped at committees, after 0 of 2; the import can be repeated"));
  directory().BreakAfterImports(-1);
  const Result rest = ImportAll("2011-07-01", kCommittees);
  EXPECT_EQ(rest.code, kDone) << rest.err;
  EXPECT_EQ(directory().Get<member::v1::Committee>("committees/5").secretariat_periods_size(), 1);
  const auto kept = directory().Get<member::v1::Participation>("committees/5/participations/1");
  EXPECT_FALSE(kept.role_periods(0).has_start_date());
}

TEST_F(DirectoryImport, RefusesACommandLineThatCannotBeMeant) {
  const std::string members = File("members.csv", kMembers);
  const std::string committees = File("committees.jsonl", kCommittees);
  EXPECT_EQ(Run({"directory", "import"}).code, kUsage) << "no file";
  EXPECT_EQ(Run({"directory", "import", "--committees", committees}).code, kUsage) << "of which day?";
  EXPECT_EQ(Run({"directory", "import", "--members", "/nonexistent"}).code, kUsage);
  EXPECT_EQ(Run({"directory", "import", "--members", members, "--date", "2999-01-01"}).code, kUsage);
  EXPECT_EQ(Run({"directory", "import", "--stage-events", members}).code, kUsage) << "of which projects?";
  const Result other = Run({"directory", "import", "--income", members});
  EXPECT_EQ(other.code, kUsage);
  EXPECT_THAT(other.err, HasSubstr(absl::StrCat("the file ", members, " has no column \"code\"")));
  const Result alone = Run({"directory", "import", "--work-items", File("work_items.jsonl", kWorkItems)});
  EXPECT_EQ(alone.code, kUsage);
  EXPECT_THAT(alone.err, HasSubstr("give --committees, too"));
  EXPECT_THAT(directory().batches(), IsEmpty());
}

TEST_F(DirectoryImport, IsAskedForByItsHelp) {
  EXPECT_THAT(Run({"directory", "import", "--help"}).out, AllOf(HasSubstr("--stage-events"), HasSubstr("Examples:")));
  EXPECT_THAT(Run({"status"}).out, HasSubstr("member"));
  EXPECT_THAT(Run({"status", "--member", "unix:/nonexistent/socket"}).out, Not(IsEmpty()));
}

}  // namespace
}  // namespace concord::ctl
