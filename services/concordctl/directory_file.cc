#include "services/concordctl/directory_file.h"

#include <string>
#include <utility>

#include "common/status/macros.h"
#include "services/concordctl/directory_file_readers.h"
#include "services/concordctl/directory_file_text.h"

namespace concord::ctl {
namespace {

using Texts = std::map<DirectoryPart, std::string>;

absl::Status ReadPart(DirectoryPart part, const Texts& texts, StageHistories& histories, Directory& directory,
                      DirectoryReport& report) {
  const std::string& text = texts.at(part);
  switch (part) {
    case DirectoryPart::kMembers:
      return ReadMembers(text, directory, report);
    case DirectoryPart::kGroups:
      return ReadGroups(text, directory, report);
    case DirectoryPart::kIncome:
      return ReadIncomes(text, directory, report);
    case DirectoryPart::kCommittees:
      ReadCommittees(text, directory, report);
      break;
    case DirectoryPart::kStageEvents:
      // A number of that source means nothing without its projects.
      if (!texts.contains(DirectoryPart::kStageProjects)) break;
      return ReadStageHistories(texts.at(DirectoryPart::kStageProjects), text, histories, report);
    case DirectoryPart::kWorkItems:
      ReadProjects(text, std::move(histories), directory, report);
      break;
    case DirectoryPart::kStageProjects:
      break;  // Read with the events.
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadDirectory(const DirectoryBytes& bytes, Directory& directory, DirectoryReport& report,
                           DirectoryPart& part) {
  Texts texts;
  for (const auto& [of, content] : bytes) {
    part = of;
    CONCORD_ASSIGN_OR_RETURN(texts[of], TextOfFile(content));
  }
  StageHistories histories;
  // Projects take up the histories.
  for (const DirectoryPart next :
       {DirectoryPart::kMembers, DirectoryPart::kGroups, DirectoryPart::kIncome, DirectoryPart::kCommittees,
        DirectoryPart::kStageEvents, DirectoryPart::kWorkItems}) {
    part = next;
    if (texts.contains(next)) CONCORD_RETURN_IF_ERROR(ReadPart(next, texts, histories, directory, report));
  }
  return absl::OkStatus();
}

}  // namespace concord::ctl
