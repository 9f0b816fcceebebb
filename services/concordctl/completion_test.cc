// Runs the script in a real bash, for only bash knows what it does with it.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/command_line.h"

namespace concord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Script() {
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in;
  Surroundings surroundings{out, err, in, {}, false, absl::Now, [](absl::Duration) {}, [] { return ""; }};
  EXPECT_EQ(RunConcordctl({"concordctl", "completion", "bash"}, surroundings), 0) << err.str();
  return out.str();
}

// What bash offers for a line; the last word is the one being typed.
std::string Complete(const std::string& words) {
  const std::string path = testing::TempDir() + "/concordctl_completion.bash";
  std::ofstream(path) << Script() << "\nCOMP_WORDS=(" << words << ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                      << "_concordctl\necho \" ${COMPREPLY[*]} \"\n";
  FILE* bash = popen(absl::StrCat("bash --norc ", path, " 2>&1").c_str(), "r");
  std::string output;
  char buffer[4096];
  while (size_t size = fread(buffer, 1, sizeof(buffer), bash)) output.append(buffer, size);
  pclose(bash);
  return output;
}

TEST(BashCompletion, OffersCommandsAndTheirCommands) {
  EXPECT_THAT(Complete("concordctl ''"), AllOf(HasSubstr(" plan "), HasSubstr(" scorecard "), HasSubstr(" ledger ")));
  EXPECT_EQ(Complete("concordctl plan ex"), " export \n");
  EXPECT_THAT(Complete("concordctl action a"), HasSubstr(" approve "));
}

TEST(BashCompletion, OffersTheFlagsOfACommandAndTheGlobalOnes) {
  EXPECT_THAT(Complete("concordctl plan import --"),
              AllOf(HasSubstr(" --prune "), HasSubstr(" --output "), Not(HasSubstr("--etag"))));
  EXPECT_EQ(Complete("concordctl --objective x:1 action approve --re"), " --request-id --reason --reporting \n");
}

TEST(BashCompletion, OffersTheValuesOfAFlag) {
  EXPECT_EQ(Complete("concordctl plan list --output ''"), " table json \n");
}

TEST(BashCompletion, OffersFilesForFlagsThatTakeThem) {
  std::ofstream(testing::TempDir() + "/concordctl_members.csv") << "";
  EXPECT_THAT(Complete("concordctl directory import --members " + testing::TempDir() + "/concordctl_mem"),
              HasSubstr("concordctl_members.csv "));
}

TEST(BashCompletion, TakesNoValueOfAFlagForACommand) {
  EXPECT_EQ(Complete("concordctl --plan action plan ex"), " export \n");
}

}  // namespace
}  // namespace concord::ctl
