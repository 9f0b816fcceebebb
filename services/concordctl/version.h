#ifndef SERVICES_CONCORDCTL_VERSION_H_
#define SERVICES_CONCORDCTL_VERSION_H_

namespace concord::ctl {

// The version of the project, for example "0.1.0".
const char* Version();

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_VERSION_H_
