// The proof of ledgers from the command line.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/concordctl_fixture.h"

namespace concord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

class LedgerVerify : public Concordctl {};

// A list of plans would not show that one has lost its ledger. That of the work programme was never begun.
TEST_F(LedgerVerify, AsksForEveryPlanThatIsRegisteredAndForTheDirectoryIfThereIsOne) {
  Import(kPlan);
  const Result all = Run({"ledger", "verify"});
  EXPECT_EQ(all.code, kDamaged) << all.err;
  EXPECT_THAT(all.out, AllOf(ContainsRegex("catalog .*sound"), ContainsRegex("plans/p .*sound"),
                             ContainsRegex("plans/lost .*MISSING"), HasSubstr("plans/lost: plans/lost has no head"),
                             ContainsRegex("directory .*sound"), Not(HasSubstr("work "))));
  EXPECT_THAT(all.err, HasSubstr("1 of 4 ledgers"));
}

TEST_F(LedgerVerify, TellsThatALedgerIsMissingIfItIsNamed) {
  EXPECT_EQ(Run({"ledger", "verify", "directory"}).code, kDone);
  const Result work = Run({"ledger", "verify", "work"});
  EXPECT_EQ(work.code, kDamaged);
  EXPECT_THAT(work.out, HasSubstr("MISSING"));
}

TEST_F(LedgerVerify, TellsWhatItFoundThoughTheMemberServiceDoesNotAnswer) {
  const Result some = Run({"ledger", "verify", "--member", "unix:/nonexistent/socket"});
  EXPECT_EQ(some.code, kDamaged) << "which is worse than not to know";
  EXPECT_THAT(some.out, ContainsRegex("plans/p .*sound"));
}

TEST_F(LedgerVerify, TellsDamage) {
  const Result damaged = Run({"ledger", "verify", "catalog", "damaged"});
  EXPECT_EQ(damaged.code, kDamaged);
  EXPECT_THAT(damaged.out, HasSubstr("damaged: revision 2 does not chain"));
  EXPECT_THAT(damaged.err, HasSubstr("1 of 2 ledgers"));
}

TEST_F(LedgerVerify, IsContentWithWhatIsSound) {
  const Result sound = Run({"ledger", "verify", "catalog", "plans/p"});
  EXPECT_EQ(sound.code, kDone) << sound.err;
  EXPECT_THAT(sound.out, AllOf(HasSubstr("d1ce"), Not(HasSubstr("DAMAGED")), Not(HasSubstr("MISSING"))));
}

TEST_F(LedgerVerify, HoldsALedgerAgainstAnchors) {
  const std::string digest = "0123456789ABCDEF";
  EXPECT_EQ(Run({"ledger", "verify", "plans/p", "--anchor", "2:" + digest}).code, kDone);
  const Result other = Run({"ledger", "verify", "plans/p", "--anchor", "2:" + digest, "--anchor", "3:" + digest});
  EXPECT_EQ(other.code, kDamaged);
  EXPECT_THAT(other.out, HasSubstr("the log has no 0123456789abcdef"));
}

TEST_F(LedgerVerify, RefusesWhatIsNoAnchorOfOneLedger) {
  for (const std::string anchor :
       {"2", "2:", "0:0123456789abcdef", "x:0123456789abcdef", "2:0123456789abcde", "2:g123456789abcdef"}) {
    const Result result = Run({"ledger", "verify", "plans/p", "--anchor", anchor});
    EXPECT_EQ(result.code, kUsage) << anchor;
    EXPECT_THAT(result.err, HasSubstr("REVISION:DIGEST")) << anchor;
  }
  EXPECT_EQ(Run({"ledger", "verify", "--anchor", "2:0123456789abcdef"}).code, kUsage);
  EXPECT_EQ(Run({"ledger", "verify", "catalog", "plans/p", "--anchor", "2:0123456789abcdef"}).code, kUsage);
}

}  // namespace
}  // namespace concord::ctl
