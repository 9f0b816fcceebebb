// Update masks after AIP-134.
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_FIELD_MASK_H_
#define COMMON_AIP_FIELD_MASK_H_

#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace concord::aip {

// Brings the fields of `from` that the mask names into `to`; both of one type.
// - No mask (or one without paths): every field that is set in `from`.
// - "*": every field, so that one that is not set in `from` is cleared. Must be
//   the only path.
// - "a.b": a field inside a message. A path through a repeated field or a map
//   is a violation, the whole field can be named. A named field that is not set
//   in `from` is cleared in `to`.
// Fields annotated OUTPUT_ONLY or IMMUTABLE, and the fields "name" and "etag", are never
// changed: without a mask or under "*" they are passed over; naming an IMMUTABLE or
// OUTPUT_ONLY one in the mask is a violation unless the values are equal.
// The annotations also hold inside a message that is replaced; "name" and "etag" mean the
// resource's own. Elements of repeated fields and maps have no identity and are replaced whole.
// Unknown paths are violations of `mask_field`. `to` is not changed when violations were added.
void ApplyUpdateMask(const google::protobuf::FieldMask* mask, const google::protobuf::Message& from,
                     google::protobuf::Message& to, absl::string_view mask_field, Violations& violations);

}  // namespace concord::aip

#endif  // COMMON_AIP_FIELD_MASK_H_
