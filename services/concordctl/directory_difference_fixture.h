// A service in memory that is brought to what small files say, for tests of the comparison.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_DIFFERENCE_FIXTURE_H_
#define SERVICES_CONCORDCTL_DIRECTORY_DIFFERENCE_FIXTURE_H_

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/concordctl/directory_difference.h"
#include "services/concordctl/directory_file_fixture.h"

namespace concord::ctl {

inline constexpr absl::CivilDay kFirst(2010, 7, 1);
inline constexpr absl::CivilDay kSecond(2011, 7, 1);

// Merges one resource as the service does.
template <typename T>
void MergeInto(const google::protobuf::Message& sent, google::protobuf::RepeatedPtrField<T>& there) {
  const auto* wanted = dynamic_cast<const T*>(&sent);
  if (wanted == nullptr) return;
  T* found = nullptr;
  for (T& resource : there) {
    if (resource.name() == wanted->name()) found = &resource;
  }
  if (found == nullptr) found = there.Add();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  wanted->GetReflection()->ListFields(*wanted, &fields);
  for (const auto* field : fields) found->GetReflection()->ClearField(found, field);
  found->MergeFrom(*wanted);
  if constexpr (std::is_same_v<T, member::v1::Member>) {
    found->clear_category();
    for (const auto& period : found->category_periods()) {
      if (!period.has_end_date()) found->set_category(period.category());
    }
  }
}

// A service that is sent what files say.
class DirectoryOverTime : public testing::Test {
 protected:
  // The texts of the files of a day; "created 2, ended 1" of the collections that changed, by name.
  std::string Take(absl::CivilDay day, const DirectoryBytes& bytes) {
    ReadFiles read(bytes);
    EXPECT_THAT(read.Rejected(), testing::IsEmpty());
    last_report_ = DirectoryReport();
    const auto difference = FindDirectoryDifference(read.directory, state_, day, last_report_);
    std::string text;
    for (const auto& [collection, counts] : difference.counts) {
      for (const auto& [word, count] : {std::pair<const char*, int>{"created", counts.created},
                                        {"changed", counts.changed},
                                        {"ended", counts.ended}}) {
        if (count > 0) absl::StrAppend(&text, text.empty() ? "" : ", ", WordsOf(collection), " ", word, " ", count);
      }
    }
    for (const DirectoryPhase& phase : difference.phases) {
      for (const Outgoing& row : phase.rows) Merge(*row.resource);
    }
    return text;
  }

  std::string Committees(absl::CivilDay day, const std::string& rows) {
    return Take(day, {{DirectoryPart::kCommittees, rows}});
  }

  void Merge(const google::protobuf::Message& sent) {
    MergeInto(sent, state_.members);
    MergeInto(sent, state_.committees);
    MergeInto(sent, state_.participations);
    MergeInto(sent, state_.liaisons);
    MergeInto(sent, state_.work_items);
  }

  template <typename T>
  static const T& Find(const google::protobuf::RepeatedPtrField<T>& resources, const std::string& name) {
    for (const T& resource : resources) {
      if (resource.name() == name) return resource;
    }
    ADD_FAILURE() << "there is no " << name;
    return T::default_instance();
  }

  std::string Roles(const std::string& name) const {
    std::string text;
    for (const auto& period : Find(state_.participations, "committees/" + name).role_periods()) {
      const char* role = period.role() == member::v1::Participation::ROLE_PARTICIPANT ? "P" : "O";
      absl::StrAppend(&text, text.empty() ? "" : " ", role, DaysOf(period));
    }
    return text;
  }

  std::string Secretariats(const std::string& id) const {
    std::string text;
    for (const auto& period : Find(state_.committees, "committees/" + id).secretariat_periods()) {
      absl::StrAppend(&text, text.empty() ? "" : " ", period.member(), " ", DaysOf(period));
    }
    return text;
  }

  DirectoryState state_;
  DirectoryReport last_report_;
};

// A row of the file of committees. Members are numbers, joined by ", ".
inline std::string Row(int id, const std::string& p_members, const std::string& o_members, int secretariat,
                       const std::string& more = "") {
  const auto list = [](const std::string& ids) {
    std::string text;
    for (const char c : ids) {
      if (c != ' ')
        absl::StrAppend(&text, text.empty() ? "" : ",", R"({"id":)", std::string(1, c), R"(,"acronym":"M"})");
    }
    return text;
  };
  return absl::StrCat(R"({"id":)", id, R"(,"reference":"ISO/TC )", id, R"(","status":"Active","title":{"en":"T"},)",
                      R"("secretariat":{"id":)", secretariat, R"(,"acronym":"M"},"pMembers":[)", list(p_members),
                      R"(],"oMembers":[)", list(o_members), "]", more, "}\n");
}

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_DIFFERENCE_FIXTURE_H_
