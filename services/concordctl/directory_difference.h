// What has to be sent to bring the directory to what files say.
//
// Pure and free of gRPC; safe from any thread.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_DIFFERENCE_H_
#define SERVICES_CONCORDCTL_DIRECTORY_DIFFERENCE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/concordctl/directory_file.h"

namespace concord::ctl {

// What the service has; what is deleted, too.
struct DirectoryState {
  google::protobuf::RepeatedPtrField<member::v1::Member> members;
  google::protobuf::RepeatedPtrField<member::v1::Committee> committees;
  google::protobuf::RepeatedPtrField<member::v1::Participation> participations;
  google::protobuf::RepeatedPtrField<member::v1::Liaison> liaisons;
  google::protobuf::RepeatedPtrField<member::v1::WorkItem> work_items;
};

enum class Fate {
  kCreated,
  kChanged,
  kEnded,
  kUnchanged,
  kCounted,  // Sent a second time, and counted with the first.
};

// One resource to be sent.
struct Outgoing {
  // Its name, the fields to be set, and the etag of what they were compared with.
  std::unique_ptr<google::protobuf::Message> resource;
  Origin origin;
  Fate fate = Fate::kUnchanged;
  size_t bytes = 0;  // Of the whole resource afterwards.
};

// What can be sent in any batches once everything before it has been.
struct DirectoryPhase {
  DirectoryCollection collection;
  std::vector<Outgoing> rows;
};

struct DirectoryCounts {
  int created = 0;
  int changed = 0;
  int ended = 0;
  int unchanged = 0;

  void Count(Fate fate, int by = 1);
};

struct DirectoryDifference {
  std::vector<DirectoryPhase> phases;
  std::map<DirectoryCollection, DirectoryCounts> counts;

  // The reasons of the findings of those that are not sent, by name.
  std::map<DirectoryCollection, absl::flat_hash_map<std::string, std::vector<std::string>>> findings;
};

// Compares what files say of `day` with what is there. Fields that a file lacks stay as they are. What the files have
// no longer gets a last day, as ContinuePeriods in directory_periods.h has it; but only where every row of the file
// could be read. What cannot be done is rejected in the report.
//
// Secretariats come after participations, for who holds one has to be a P-member; those that end go before.
DirectoryDifference FindDirectoryDifference(const Directory& directory, const DirectoryState& state, absl::CivilDay day,
                                            DirectoryReport& report);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_DIFFERENCE_H_
