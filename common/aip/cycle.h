// References between resources form no circle (AIP-124).
//
// Pure; safe from any thread.
#ifndef COMMON_AIP_CYCLE_H_
#define COMMON_AIP_CYCLE_H_

#include <functional>
#include <string>
#include <vector>

namespace concord::aip {

// The names along a circle through `name`, beginning and ending with it, if it had these references; empty if there
// would be none. `references_of` gives those of any other resource. The circle is a shortest one.
std::vector<std::string> FindCycle(const std::string& name, const std::vector<std::string>& references,
                                   const std::function<std::vector<std::string>(const std::string&)>& references_of);

}  // namespace concord::aip

#endif  // COMMON_AIP_CYCLE_H_
