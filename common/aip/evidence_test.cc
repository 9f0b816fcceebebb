#include "common/aip/evidence.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"

namespace concord::aip {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using EvidenceList = google::protobuf::RepeatedPtrField<concord::type::Evidence>;

void Add(EvidenceList& list, const std::string& title, const std::string& uri = "") {
  concord::type::Evidence& evidence = *list.Add();
  evidence.set_title(title);
  evidence.set_uri(uri);
}

std::vector<std::string> BadFields(const EvidenceList& list) {
  Violations violations;
  CheckEvidence(list, "e", violations);
  std::vector<std::string> fields;
  for (const auto& [field, description] : ViolationsOf(violations.ToStatus())) fields.push_back(field);
  return fields;
}

std::vector<std::string> BadAddress(const std::string& uri) {
  EvidenceList list;
  Add(list, "T", uri);
  return BadFields(list);
}

TEST(CheckEvidence, NeedsATitle) {
  EvidenceList list;
  EXPECT_THAT(BadFields(list), IsEmpty());
  Add(list, std::string(200, 't'));
  EXPECT_THAT(BadFields(list), IsEmpty());
  Add(list, "");
  Add(list, std::string(201, 't'));
  Add(list, "a\x01");
  EXPECT_THAT(BadFields(list), ElementsAre("e[1].title", "e[2].title", "e[3].title"));
}

TEST(CheckEvidence, TakesAddressesOfPages) {
  for (const char* uri : {"", "http://a", "https://example.org/minutes?year=2011#p3", "HTTPS://example.org",
                          "https://example.org/標準"}) {
    EXPECT_THAT(BadAddress(uri), IsEmpty()) << uri;
  }
  EXPECT_THAT(BadAddress("http://" + std::string(1'993, 'a')), IsEmpty());
}

TEST(CheckEvidence, RefusesWhatIsNoAddressOfAPage) {
  for (const char* uri :
       {"example.org", "ftp://a", "javascript:alert(1)", "file:///etc/passwd", "http://", "https:///a", "http://?a",
        " http://a", "http://a b", "http://a\n", "http://a\x7f", "https://a\"b", "https://<a>"}) {
    EXPECT_THAT(BadAddress(uri), ElementsAre("e[0].uri")) << uri;
  }
  EXPECT_THAT(BadAddress("http://" + std::string(1'994, 'a')), ElementsAre("e[0].uri"));
}

TEST(CheckEvidence, AreAtMostTwenty) {
  EvidenceList list;
  for (int i = 0; i < 20; ++i) Add(list, "T");
  EXPECT_THAT(BadFields(list), IsEmpty());
  Add(list, "T");
  EXPECT_THAT(BadFields(list), ElementsAre("e"));
}

}  // namespace
}  // namespace concord::aip
