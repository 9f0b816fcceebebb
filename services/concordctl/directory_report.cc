#include "services/concordctl/directory_report.h"

#include <algorithm>
#include <string>
#include <vector>

namespace concord::ctl {

std::string WordsOf(DirectoryCollection collection) {
  switch (collection) {
    case DirectoryCollection::kMembers:
      return "members";
    case DirectoryCollection::kCommittees:
      return "committees";
    case DirectoryCollection::kParticipations:
      return "participations";
    case DirectoryCollection::kLiaisons:
      return "liaisons";
    case DirectoryCollection::kWorkItems:
      return "work items";
  }
  return "";
}

void DirectoryReport::Note(Origin origin, absl::string_view text) {
  Remark& remark = remarks_[{origin.part, std::string(text)}];
  if (remark.count++ > 0) return;
  remark.part = origin.part;
  remark.text = std::string(text);
  remark.first_line = origin.line;
}

int DirectoryReport::RejectedOf(DirectoryCollection collection) const {
  return static_cast<int>(std::count_if(rejected_.begin(), rejected_.end(),
                                        [&](const RejectedRow& row) { return row.collection == collection; }));
}

std::vector<Remark> DirectoryReport::remarks() const {
  std::vector<Remark> remarks;
  remarks.reserve(remarks_.size());
  for (const auto& [key, remark] : remarks_) remarks.push_back(remark);
  return remarks;
}

}  // namespace concord::ctl
