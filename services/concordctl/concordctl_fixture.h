// The whole program against services in memory.
#ifndef SERVICES_CONCORDCTL_CONCORDCTL_FIXTURE_H_
#define SERVICES_CONCORDCTL_CONCORDCTL_FIXTURE_H_

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "services/concordctl/command_line.h"
#include "services/concordctl/services_for_test.h"

namespace concord::ctl {

inline constexpr char kPlan[] = R"({
  "format": "concord-plan-1",
  "plan": {
    "name": "plans/p", "title": "The plan", "organization": {"title": "O"},
    "period": {"startDate": {"year": 2011, "month": 1, "day": 1}, "endDate": {"year": 2015, "month": 12, "day": 31}}
  },
  "objectives": [{"name": "plans/p/objectives/1", "title": "One", "code": "1"}],
  "actions": [
    {"name": "plans/p/actions/1-1", "title": "First", "code": "1.1", "dependencies": ["plans/p/actions/1-2"],
     "objectiveLinks": [{"objective": "plans/p/objectives/1", "kind": "KIND_CONTRIBUTES"}]},
    {"name": "plans/p/actions/1-2", "title": "Second", "code": "1.2",
     "objectiveLinks": [{"objective": "plans/p/objectives/1", "kind": "KIND_CONTRIBUTES"}]},
    {"name": "plans/p/actions/1-3", "title": "Third", "code": "1.3",
     "objectiveLinks": [{"objective": "plans/p/objectives/1", "kind": "KIND_SUPPORTS"}]}
  ]
})";

class Concordctl : public testing::Test {
 protected:
  struct Result {
    int code;
    std::string out;
    std::string err;
  };

  Result Run(std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(),
                     {"concordctl", "--objective", services_.address(), "--action", services_.address(), "--reporting",
                      services_.address(), "--member", services_.address()});
    std::ostringstream out;
    std::ostringstream err;
    std::istringstream in(input);
    Surroundings surroundings{out,
                              err,
                              in,
                              {},
                              false,
                              absl::Now,
                              [this](absl::Duration wait) { waits_.push_back(wait); },
                              [this] { return absl::StrCat("id-", ++ids_); },
                              [this] { return interrupted_; }};
    const int code = RunConcordctl(arguments, surroundings);
    return {code, out.str(), err.str()};
  }

  Result Import(const std::string& json, const std::vector<std::string>& flags = {}) {
    std::vector<std::string> arguments = {"plan", "import", "-"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return Run(arguments, json);
  }

  static std::string With(const std::string& what, const std::string& replacement) {
    return absl::StrReplaceAll(kPlan, {{what, replacement}});
  }

  ServicesForTest services_;
  std::vector<absl::Duration> waits_;
  int ids_ = 0;
  bool interrupted_ = false;
};

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_CONCORDCTL_FIXTURE_H_
