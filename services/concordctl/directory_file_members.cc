// Members, and the groups of countries they belong to.
#include <map>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "common/status/macros.h"
#include "services/concordctl/directory_file_readers.h"
#include "services/concordctl/directory_file_text.h"
#include "services/concordctl/directory_file_values.h"

namespace concord::ctl {
namespace {

using member::v1::GroupPeriod;
using member::v1::Member;

constexpr auto kMemberCollection = DirectoryCollection::kMembers;

// What a source states goes before what others have concluded.
std::string CategoryWord(const CsvRow& row) {
  const absl::string_view stated = row["membership_type"];
  return std::string(stated.empty() ? row["membership_type_inferred"] : stated);
}

// Why the row is no member; else `member` is it.
std::string FillMember(const CsvRow& row, const std::string& id, Member& member) {
  member.set_name("members/" + id);
  member.set_source_id(id);
  member.set_title(OneLine(row["name"]));
  member.set_acronym(OneLine(row["acronym"]));
  member.set_country_code(std::string(row["alpha3"]));
  member.set_website_uri(std::string(row["website"]));
  if (const std::string word = CategoryWord(row); !word.empty()) {
    Member::Category category{};
    if (!Member::Category_Parse("CATEGORY_" + word, &category) || category == Member::CATEGORY_UNSPECIFIED) {
      return absl::StrCat("membership type: \"", word, "\" is not known");
    }
    member.add_category_periods()->set_category(category);
  }
  return ProblemOf(member);
}

// By country and fiscal year.
using IncomeClasses = std::map<std::string, std::map<int, std::string>>;

std::string GroupOfIncome(absl::string_view words) {
  if (words == "Low income") return "income-low";
  if (words == "Lower middle income") return "income-lower-middle";
  if (words == "Upper middle income") return "income-upper-middle";
  return words == "High income" ? "income-high" : "";
}

// Why the row says no class; empty where it does.
std::string TakeIncome(const CsvRow& row, IncomeClasses& classes) {
  int year = 0;
  if (!absl::SimpleAtoi(row["year_fiscal"], &year) || year < 1901 || year > 2200) {
    return absl::StrCat("year_fiscal: \"", row["year_fiscal"], "\" is no year");
  }
  const std::string group = GroupOfIncome(row["incgroup_historical"]);
  if (group.empty()) return absl::StrCat("incgroup_historical: \"", row["incgroup_historical"], "\" is not known");
  const auto [there, is_new] = classes[std::string(row["code"])].emplace(year, group);
  return is_new || there->second == group ? "" : "another row has another class for the same year";
}

// Fiscal year 2012 runs from 2011-07-01 to 2012-06-30. What goes on from year to year is one period.
std::vector<GroupPeriod> PeriodsOf(const std::map<int, std::string>& years, int newest) {
  std::vector<GroupPeriod> periods;
  int last = 0;
  const auto end = [&] {
    if (!periods.empty()) *periods.back().mutable_end_date() = aip::FromDay(absl::CivilDay(last, 6, 30));
  };
  for (const auto& [year, group] : years) {
    if (periods.empty() || year != last + 1 || periods.back().group() != group) {
      end();
      GroupPeriod& period = periods.emplace_back();
      period.set_group(group);
      *period.mutable_start_date() = aip::FromDay(absl::CivilDay(year - 1, 7, 1));
    }
    last = year;
  }
  if (last < newest) end();
  return periods;
}

}  // namespace

absl::Status ReadMembers(absl::string_view text, Directory& directory, DirectoryReport& report) {
  absl::flat_hash_map<std::string, int> lines;
  bool all = true;
  const auto take = [&](const CsvRow& row, Origin origin) {
    const std::string id(row["iso_member_id"]);
    Sourced<Member> member{{}, origin};
    if (!aip::IsResourceId(id)) {
      all = false;
      return report.Reject(
          {origin, kMemberCollection, id, absl::StrCat("iso_member_id: is ", id.empty() ? "missing" : "no id")});
    }
    std::string problem = FillMember(row, id, member.resource);
    if (const auto [first, is_new] = lines.emplace(id, origin.line); !is_new) {
      problem = absl::StrCat("the member is in line ", first->second, " already");
    }
    if (problem.empty()) return directory.members.push_back(std::move(member));
    directory.unusable.insert(member.resource.name());
    report.Reject({origin, kMemberCollection, id, problem});
  };
  CONCORD_ASSIGN_OR_RETURN(const bool read,
                           ForEachCsvRow(text, DirectoryPart::kMembers, kMemberCollection,
                                         {"iso_member_id", "acronym", "name", "alpha3"}, report, take));
  directory.names_all_members = all && read && !lines.empty();
  return absl::OkStatus();
}

absl::Status ReadGroups(absl::string_view text, Directory& directory, DirectoryReport& report) {
  constexpr char kCountry[] = "ISO-alpha3 Code";
  constexpr char kRegion[] = "Region Name";
  const std::map<std::string, std::string> marked = {{"Least Developed Countries (LDC)", "ldc"},
                                                     {"Land Locked Developing Countries (LLDC)", "lldc"},
                                                     {"Small Island Developing States (SIDS)", "sids"}};
  std::vector<std::string> headings = {kCountry, kRegion};
  for (const auto& [heading, group] : marked) headings.push_back(heading);
  const auto take = [&](const CsvRow& row, Origin origin) {
    const std::string country(row[kCountry]);
    if (country.empty()) return report.Note(origin, "an area without a code of three letters is in no group");
    std::set<std::string>& groups = directory.groups[country];
    if (!row[kRegion].empty()) groups.insert(IdOfText("region-", row[kRegion]));
    for (const auto& [heading, group] : marked) {
      if (!row[heading].empty()) groups.insert(group);
    }
  };
  return ForEachCsvRow(text, DirectoryPart::kGroups, absl::nullopt, headings, report, take).status();
}

absl::Status ReadIncomes(absl::string_view text, Directory& directory, DirectoryReport& report) {
  IncomeClasses classes;
  const auto take = [&](const CsvRow& row, Origin origin) {
    const std::string problem = TakeIncome(row, classes);
    if (!problem.empty()) report.Reject({origin, absl::nullopt, std::string(row["code"]), problem});
  };
  CONCORD_RETURN_IF_ERROR(ForEachCsvRow(text, DirectoryPart::kIncome, absl::nullopt,
                                        {"code", "year_fiscal", "incgroup_historical"}, report, take)
                              .status());
  int newest = 0;
  for (const auto& [country, years] : classes) {
    if (!years.empty()) newest = std::max(newest, years.rbegin()->first);
  }
  for (const auto& [country, years] : classes) {
    if (!years.empty()) directory.incomes[country] = PeriodsOf(years, newest);
  }
  return absl::OkStatus();
}

}  // namespace concord::ctl
