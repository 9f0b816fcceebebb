#include "common/app/run_service.h"
#include "services/member/service.h"

int main(int argc, char** argv) {
  return concord::app::RunService(argc, argv, concord::member::MemberServiceDefinition());
}
