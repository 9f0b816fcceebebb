// The work programme: projects, and the committees that they belong to.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "concord/directoryfile/v1/project_row.pb.h"
#include "services/concordctl/directory_file_readers.h"
#include "services/concordctl/directory_file_text.h"
#include "services/concordctl/directory_file_values.h"

namespace concord::ctl {
namespace {

using directoryfile::v1::ProjectRow;
using member::v1::Committee;
using member::v1::WorkItem;

constexpr auto kWorkItemCollection = DirectoryCollection::kWorkItems;
constexpr char kPublished[] = "60.60";
constexpr char kUnnamedBody[] = "unnamed body";

// Takes the rows, one after the other.
class ProjectReader {
 public:
  ProjectReader(StageHistories histories, Directory& directory, DirectoryReport& report)
      : histories_(std::move(histories)), directory_(directory), report_(report) {}

  void Take(const ProjectRow& row, Origin origin) {
    origin_ = origin;
    const std::string reference = OneLine(row.reference());
    if (row.iso_id() <= 0 && reference.empty()) {
      return report_.Reject({origin, kWorkItemCollection, "", "has neither an id nor a reference"});
    }
    Project project{
        {ItemOf(row), origin}, IdOf(row, reference), OneLine(row.committee()), OneLine(row.committee_name())};
    std::string problem = ProblemOf(project.item.resource);
    if (const auto first = indices_.find(project.id); problem.empty() && first != indices_.end()) {
      const Project& other = directory_.projects[first->second];
      if (IsSame(other, project)) return Note("a project that is there twice is taken once");
      problem = absl::StrCat("the project is in line ", other.item.origin.line, " already, otherwise");
    }
    if (!problem.empty()) return report_.Reject({origin, kWorkItemCollection, project.id, problem});
    indices_.emplace(project.id, directory_.projects.size());
    directory_.projects.push_back(std::move(project));
  }

  // Says whose histories were of no use.
  void Finish() {
    for (const auto& [id, history] : histories_) {
      if (history.events.empty()) continue;
      report_.Note({DirectoryPart::kStageProjects, history.line},
                   "a history of a project that is not in the file is left out");
    }
  }

 private:
  // Two references may be alike in all that an id can show.
  std::string IdOf(const ProjectRow& row, const std::string& reference) const {
    if (row.iso_id() > 0) return absl::StrCat(row.iso_id());
    std::string id = IdOfText("ref-", reference);
    const auto first = indices_.find(id);
    const bool is_taken =
        first != indices_.end() && directory_.projects[first->second].item.resource.reference() != reference;
    return is_taken ? IdWithHash(id, reference) : id;
  }

  static bool IsSame(const Project& a, const Project& b) {
    return a.item.resource.SerializeAsString() == b.item.resource.SerializeAsString() &&
           a.body_reference == b.body_reference && a.body_title == b.body_title;
  }

  WorkItem ItemOf(const ProjectRow& row) {
    WorkItem item;
    if (row.iso_id() > 0) item.set_source_id(absl::StrCat(row.iso_id()));
    item.set_title(OneLine(row.title_en()));
    item.set_reference(OneLine(row.reference()));
    const auto deliverable = ToDeliverable(row.doctype(), item.reference());
    if (!deliverable) Note(absl::StrCat("the document type \"", row.doctype(), "\" is recorded as another"));
    item.set_deliverable(deliverable.value_or(WorkItem::DELIVERABLE_OTHER));
    item.set_stage(ToStage(row.stage()));
    TakeEdition(row.edition(), item);
    for (const std::string& code : row.ics()) {
      if (std::find(item.ics_codes().begin(), item.ics_codes().end(), code) == item.ics_codes().end()) {
        item.add_ics_codes(code);
      }
    }
    TakePublication(row.published(), item);
    if (const auto history = histories_.find(row.iso_id()); history != histories_.end()) {
      TakeEvents(history->second, item);
      histories_.erase(history);
    }
    return item;
  }

  void TakeEdition(const std::string& edition, WorkItem& item) {
    int number = 0;
    if (absl::SimpleAtoi(edition, &number)) {
      item.set_edition(number);
    } else if (!edition.empty()) {
      Note("an edition that is no whole number is left out");
    }
  }

  // Of what is not published the source tells the day of a draft, or the one that is planned.
  void TakePublication(const std::string& published, WorkItem& item) {
    if (published.empty()) return;
    if (!item.stage().empty() && item.stage() < kPublished) {
      return Note("a day of publication before stage 60.60 is left out");
    }
    const auto day = ToFirstDay(published);
    if (!day) return Note("a day of publication that is no day, or a placeholder, is left out");
    if (published.size() == 4) Note("a publication of which only the year is given is recorded on its first day");
    *item.mutable_publication_date() = *day;
  }

  // The service says the stage of the last event, and the day of the first publication among them.
  void TakeEvents(StageHistory& history, WorkItem& item) {
    if (history.events.empty()) return;
    item.mutable_stage_events()->Assign(history.events.begin(), history.events.end());
    const std::string& last = history.events.back().stage();
    if (!item.stage().empty() && item.stage() != last)
      Note("the stage is another than that of the last event, which holds");
    item.set_stage(last);
    const auto published = std::find_if(history.events.begin(), history.events.end(),
                                        [](const auto& event) { return event.stage() == kPublished; });
    if (published != history.events.end()) *item.mutable_publication_date() = published->date();
  }

  void Note(absl::string_view text) { report_.Note(origin_, text); }

  StageHistories histories_;
  Directory& directory_;
  DirectoryReport& report_;
  Origin origin_;  // Of the row that is being taken.
  absl::flat_hash_map<std::string, size_t> indices_;
};

// Finds the committees of projects, and makes those that are missing.
class Placer {
 public:
  Placer(const CommitteeNames& known, Directory& directory, DirectoryReport& report)
      : names_(known), directory_(directory), report_(report) {
    for (const auto& [committee, origin] : directory.committees) names_[committee.reference()] = committee.name();
    for (const auto& [reference, name] : names_) taken_.insert(name);
  }

  // Empty if it cannot be found or made.
  std::string CommitteeOf(const Project& project) {
    std::string reference = project.body_reference.empty() ? project.body_title : project.body_reference;
    if (reference.empty()) reference = kUnnamedBody;
    const auto known = names_.find(reference);
    const bool is_made = known != names_.end() && made_.contains(known->second);
    if (known != names_.end() && !is_made) return known->second;
    if (!is_made) {
      const Committee committee = BodyOf(reference, project.body_title);
      if (const std::string problem = ProblemOf(committee); !problem.empty()) {
        report_.Reject({project.item.origin, kWorkItemCollection, project.id, absl::StrCat("committee: ", problem)});
        return "";
      }
      names_[reference] = committee.name();
      taken_.insert(committee.name());
      made_.insert(committee.name());
      directory_.committees.push_back({committee, project.item.origin});
    }
    report_.Note(project.item.origin, "a project of a body that is not in the list of committees: one is made for it");
    return names_[reference];
  }

 private:
  Committee BodyOf(const std::string& reference, const std::string& title) {
    Committee committee;
    std::string id = IdOfText("", reference);
    if (taken_.contains("committees/" + id)) id = IdWithHash(id, reference);
    committee.set_name("committees/" + id);
    committee.set_reference(reference);
    committee.set_title(title);
    committee.set_kind(Committee::KIND_OTHER);
    return committee;
  }

  CommitteeNames names_;
  absl::flat_hash_set<std::string> taken_;
  absl::flat_hash_set<std::string> made_;
  Directory& directory_;
  DirectoryReport& report_;
};

}  // namespace

void ReadProjects(absl::string_view text, StageHistories histories, Directory& directory, DirectoryReport& report) {
  ProjectReader reader(std::move(histories), directory, report);
  ProjectRow row;
  ForEachJsonRow(text, DirectoryPart::kWorkItems, kWorkItemCollection, row, report,
                 [&](Origin origin) { reader.Take(row, origin); });
  reader.Finish();
}

void PlaceProjects(const CommitteeNames& known, Directory& directory, DirectoryReport& report) {
  Placer placer(known, directory, report);
  directory.work_items.reserve(directory.projects.size());
  for (Project& project : directory.projects) {
    const std::string committee = placer.CommitteeOf(project);
    if (committee.empty()) continue;
    project.item.resource.set_name(absl::StrCat(committee, "/workItems/", project.id));
    directory.work_items.push_back(std::move(project.item));
  }
  directory.projects.clear();
}

}  // namespace concord::ctl
