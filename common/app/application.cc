#include "common/app/application.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/app/observation.h"
#include "common/ledger/follower.h"
#include "common/rpc/grpc_service.h"
#include "common/rpc/ledger_methods.h"
#include "common/rpc/unknown_methods.h"
#include "common/rpc/watch_hub.h"
#include "common/rpc/watch_methods.h"
#include "common/status/macros.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"

namespace concord::app {
namespace {

constexpr int kBackgroundThreads = 4;  // For loading and past states.
constexpr int kWorkThreads = 2;        // For methods that are long work.
constexpr int kBackgroundQueue = 10'000;
constexpr int kHandlingThreads = 2;  // For handlers that turn out to be long.
constexpr int kWorkQueue = 100;
constexpr size_t kPastStates = 64;
// Twice what the engine accepts, so that who sends a little too much is told why. More than that is not even read:
// gRPC refuses it, without a reason of ours.
constexpr int kReceiveBytes = 2 << 20;
constexpr int kStreamsPerConnection = 1'000;
constexpr absl::Duration kConnectionAge = absl::Minutes(5);
constexpr absl::Duration kConnectionGrace = absl::Minutes(1);
constexpr absl::Duration kStoreRetry = absl::Milliseconds(200);
constexpr absl::Duration kFlushLimit = absl::Seconds(1);
constexpr absl::Duration kFollowerSlack = absl::Seconds(2);
constexpr absl::Duration kIdleCheck = absl::Seconds(10);

redis::ClientOptions ClientOptionsOf(const Configuration& configuration) {
  redis::ClientOptions options;
  options.address = configuration.redis;
  options.timeout = configuration.redis_timeout;
  return options;
}

ledger::StoreOptions StoreOptionsOf(const Configuration& configuration) {
  ledger::StoreOptions options;
  options.replicas = configuration.replicas;
  options.accept_data_loss = configuration.accept_data_loss;
  return options;
}

rpc::EngineOptions EngineOptionsOf(const Configuration& configuration) {
  rpc::EngineOptions options;
  options.calls_limit = configuration.calls_limit;
  return options;
}

rpc::WatchOptions WatchOptionsOf(const Configuration& configuration) {
  rpc::WatchOptions options;
  options.watches_limit = configuration.watches_limit;
  options.queue_bytes = static_cast<size_t>(configuration.watch_queue_bytes);
  options.heartbeat = configuration.watch_heartbeat;
  return options;
}

}  // namespace

// In the order of making; taken apart in the other.
class Application::Parts {
 public:
  Parts(Configuration the_configuration, ServiceDefinition the_definition, aip::Sealer sealer,
        std::unique_ptr<redis::Loop> the_loop)
      : configuration(std::move(the_configuration)),
        definition(std::move(the_definition)),
        log(definition.name, configuration.log_level),
        types(definition.types),
        stamper(sealer),
        tokens(sealer),
        watch_tokens(sealer),
        loop(std::move(the_loop)) {}

  absl::Status Build();
  absl::Status StartFollower();
  absl::Status BindMethods();
  absl::Status StartServer();
  void StartCompanion();
  void StopCompanion();
  void SetServing(bool serving);
  void SetServingLocked(bool serving) ABSL_EXCLUSIVE_LOCKS_REQUIRED(serving_mutex);
  void OnConnectionChange(bool is_connected);
  int64_t Connections();
  bool BecomeReady(int64_t connection);
  void ExamineStore(int64_t connection, bool told);
  void BeginToExamine(int64_t connection, bool told) ABSL_EXCLUSIVE_LOCKS_REQUIRED(serving_mutex);
  void ExamineAgain(int64_t connection);
  void DropIdleFromTimeToTime();

  const Configuration configuration;
  const ServiceDefinition definition;
  telemetry::Log log;
  const rpc::ResourceTypes types;
  const rpc::EtagStamper stamper;
  const rpc::PageTokens tokens;
  const rpc::WatchTokens watch_tokens;
  const rpc::SystemClock clock;
  const rpc::DevelopmentAccess access;

  absl::Mutex serving_mutex;
  bool ready ABSL_GUARDED_BY(serving_mutex) = false;  // The store was found fit.
  bool connected ABSL_GUARDED_BY(serving_mutex) = false;
  int64_t connections ABSL_GUARDED_BY(serving_mutex) = 0;  // Made so far.
  bool stopping ABSL_GUARDED_BY(serving_mutex) = false;
  absl::Notification stop_asked;

  std::unique_ptr<redis::Loop> loop;
  std::unique_ptr<redis::Client> client;
  std::unique_ptr<redis::Client> follower_client;  // Its reads block the connection.
  std::unique_ptr<ledger::Store> store;
  std::unique_ptr<ledger::Checkpoints> checkpoints;
  std::unique_ptr<ledger::Views> views;
  std::unique_ptr<ledger::AsOf> as_of;
  std::unique_ptr<rpc::Engine> engine;
  std::unique_ptr<ledger::Background> background;  // Ends before what its tasks use.
  std::unique_ptr<ledger::Background> keeping;     // Of checkpoints, so that no load waits for one.
  std::unique_ptr<ledger::Background> work;
  std::unique_ptr<ledger::Background> handling;
  std::unique_ptr<rpc::WatchHub> watches;
  std::unique_ptr<ledger::Follower> follower;
  std::vector<const google::protobuf::ServiceDescriptor*> served;
  std::vector<std::unique_ptr<rpc::GrpcService>> services;
  rpc::UnknownMethods unknown_methods;
  std::unique_ptr<Observation> observation;
  std::unique_ptr<grpc::Server> server;
  std::string address;
  absl::Mutex companion_mutex;
  std::unique_ptr<Companion> companion ABSL_GUARDED_BY(companion_mutex);
};

absl::Status Application::Parts::Build() {
  redis::ClientOptions options = ClientOptionsOf(configuration);
  options.on_connection_change = [this](bool is_connected) {
    log.Write(telemetry::Severity::kInfo, is_connected ? "store_connected" : "store_lost");
    OnConnectionChange(is_connected);
  };
  background = std::make_unique<ledger::Background>(kBackgroundThreads, kBackgroundQueue);
  keeping = std::make_unique<ledger::Background>(1, kBackgroundQueue);
  work = std::make_unique<ledger::Background>(kWorkThreads, kWorkQueue);
  handling = std::make_unique<ledger::Background>(kHandlingThreads, configuration.calls_limit);
  CONCORD_ASSIGN_OR_RETURN(client, redis::Client::Create(loop.get(), std::move(options)));
  store = std::make_unique<ledger::Store>(client.get(), StoreOptionsOf(configuration));
  checkpoints = std::make_unique<ledger::Checkpoints>(store.get(), &stamper, keeping.get());
  const ledger::ViewParts view_parts = {store.get(), &stamper, background.get(), checkpoints.get()};
  const auto collections_of = [this](absl::string_view scope) { return types.InScope(scope); };
  views = std::make_unique<ledger::Views>(collections_of, view_parts, static_cast<size_t>(configuration.views_limit));
  as_of = std::make_unique<ledger::AsOf>(collections_of, view_parts, kPastStates);
  rpc::EngineParts parts;
  parts.store = store.get();
  parts.views = views.get();
  parts.as_of = as_of.get();
  parts.background = work.get();
  parts.handling = handling.get();
  parts.types = &types;
  parts.access = &access;
  parts.stamper = &stamper;
  parts.clock = &clock;
  engine = std::make_unique<rpc::Engine>(parts, EngineOptionsOf(configuration));
  // Nothing is acknowledged before the store was found fit.
  engine->SetReady(false);
  watches = std::make_unique<rpc::WatchHub>(parts, &watch_tokens, WatchOptionsOf(configuration));
  CONCORD_RETURN_IF_ERROR(StartFollower());
  CONCORD_RETURN_IF_ERROR(BindMethods());
  CONCORD_ASSIGN_OR_RETURN(observation,
                           Observation::Start(configuration.metrics_listen, log, *engine, *views, *client, *watches));
  return StartServer();
}

absl::Status Application::Parts::StartFollower() {
  redis::ClientOptions options = ClientOptionsOf(configuration);
  options.timeout = std::max(options.timeout, ledger::Follower::kBlock + kFollowerSlack);
  CONCORD_ASSIGN_OR_RETURN(follower_client, redis::Client::Create(loop.get(), std::move(options)));
  follower = std::make_unique<ledger::Follower>(follower_client.get(), loop.get(), views.get());
  return absl::OkStatus();
}

absl::Status Application::Parts::BindMethods() {
  definition.add_methods(*engine, MethodParts{&types, &stamper, &tokens, watches.get()});
  rpc::AddLedgerMethods(*engine, &tokens);
  rpc::AddWatchMethod(*engine, watches.get());
  served = definition.services;
  served.push_back(ledger::v1::ListResourceRevisionsRequest::descriptor()->file()->service(0));
  for (const auto* descriptor : served) {
    CONCORD_ASSIGN_OR_RETURN(auto service, rpc::GrpcService::Create(*descriptor, engine.get()));
    services.push_back(std::move(service));
  }
  return absl::OkStatus();
}

absl::Status Application::Parts::StartServer() {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  int port = -1;
  builder.AddListeningPort(configuration.listen, grpc::InsecureServerCredentials(), &port);
  // Two processes on one port would each get a part of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kStreamsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS,
                             static_cast<int>(absl::ToInt64Milliseconds(kConnectionAge)));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
                             static_cast<int>(absl::ToInt64Milliseconds(kConnectionGrace)));
  builder.SetMaxReceiveMessageSize(kReceiveBytes);
  builder.SetResourceQuota(grpc::ResourceQuota("concord").Resize(configuration.transport_bytes_limit));
  for (const auto& service : services) builder.RegisterService(service.get());
  builder.RegisterCallbackGenericService(&unknown_methods);
  std::unique_ptr<grpc::Server> started = builder.BuildAndStart();
  const bool is_unix = absl::StartsWith(configuration.listen, "unix:");
  if (started == nullptr || (!is_unix && port <= 0)) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", configuration.listen, ": the address is taken or not allowed"));
  }
  address = is_unix ? configuration.listen
                    : absl::StrCat(configuration.listen.substr(0, configuration.listen.rfind(':')), ":", port);
  {
    absl::MutexLock lock(&serving_mutex);
    server = std::move(started);
  }
  // That the process lives does not depend on the store.
  server->GetHealthCheckService()->SetServingStatus("", true);
  SetServing(false);
  DropIdleFromTimeToTime();
  return absl::OkStatus();
}

void Application::Parts::StartCompanion() {
  if (!definition.start_companion) return;
  absl::MutexLock lock(&companion_mutex);
  if (stop_asked.HasBeenNotified()) return;
  CompanionParts companion_parts;
  companion_parts.itself = server->InProcessChannel(grpc::ChannelArguments());
  companion_parts.flags = configuration.own;
  companion_parts.log = &log;
  companion = definition.start_companion(companion_parts);
}

void Application::Parts::StopCompanion() {
  absl::MutexLock lock(&companion_mutex);
  companion = nullptr;
}

void Application::Parts::SetServing(bool serving) {
  absl::MutexLock lock(&serving_mutex);
  SetServingLocked(serving);
}

void Application::Parts::SetServingLocked(bool serving) {
  if (server == nullptr) return;
  const bool now = serving && ready && connected && !stopping;
  for (const auto* descriptor : served) {
    server->GetHealthCheckService()->SetServingStatus(descriptor->full_name(), now);
  }
}

// A store that comes back may be another one, or have other settings: it is examined anew.
void Application::Parts::OnConnectionChange(bool is_connected) {
  absl::MutexLock lock(&serving_mutex);
  connected = is_connected;
  if (is_connected) ++connections;
  // The first time it is Serve that examines it.
  if (!ready || stopping) return;
  engine->SetReady(false);
  SetServingLocked(false);
  if (is_connected) BeginToExamine(connections, false);
}

// Until it is found fit. `told`: that it is not is in the log already.
void Application::Parts::ExamineStore(int64_t connection, bool told) {
  const absl::Status fit = store->CheckSettings();
  absl::MutexLock lock(&serving_mutex);
  // Another connection that was made meanwhile is examined by itself.
  if (stopping || connection != connections) return;
  if (fit.ok()) {
    engine->SetReady(true);
    return SetServingLocked(true);
  }
  if (!told) log.Write(telemetry::Severity::kError, "store_unfit", {{"cause", std::string(fit.message())}});
  ExamineAgain(connection);
}

void Application::Parts::BeginToExamine(int64_t connection, bool told) {
  if (!background->Post([this, connection, told] { ExamineStore(connection, told); })) ExamineAgain(connection);
}

void Application::Parts::ExamineAgain(int64_t connection) {
  loop->PostAfter(kStoreRetry, [this, connection] {
    // Held throughout, so that nothing is taken apart under it.
    absl::MutexLock lock(&serving_mutex);
    if (!stopping) BeginToExamine(connection, true);
  });
}

int64_t Application::Parts::Connections() {
  absl::MutexLock lock(&serving_mutex);
  return connections;
}

// Unless another connection than the one that was found fit has been made meanwhile.
bool Application::Parts::BecomeReady(int64_t connection) {
  absl::MutexLock lock(&serving_mutex);
  if (connection != connections) return false;
  ready = true;
  engine->SetReady(connected);
  SetServingLocked(true);
  return true;
}

void Application::Parts::DropIdleFromTimeToTime() {
  loop->PostAfter(kIdleCheck, [this] {
    // Held throughout, so that nothing is taken apart under it.
    absl::MutexLock lock(&serving_mutex);
    if (stopping) return;
    views->DropIdle(clock.Now() - configuration.idle_limit);
    DropIdleFromTimeToTime();
  });
}

Application::Application(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Application::~Application() { Stop(); }

absl::StatusOr<std::unique_ptr<Application>> Application::Listen(Configuration configuration,
                                                                 ServiceDefinition definition) {
  auto sealer = aip::Sealer::Create(configuration.token_key);
  if (!sealer.ok()) return sealer.status();
  CONCORD_ASSIGN_OR_RETURN(auto loop, redis::Loop::Create());
  auto parts = std::make_unique<Parts>(std::move(configuration), std::move(definition), *sealer, std::move(loop));
  auto application = std::unique_ptr<Application>(new Application(std::move(parts)));
  CONCORD_RETURN_IF_ERROR(application->parts_->Build());
  application->parts_->log.Write(telemetry::Severity::kInfo, "listening", {{"listen", application->address()}});
  return application;
}

absl::Status Application::Serve() {
  bool told = false;
  while (true) {
    const int64_t connection = parts_->Connections();
    absl::Status fit = parts_->store->CheckSettings();
    if (fit.ok() && parts_->BecomeReady(connection)) break;
    if (fit.ok()) continue;  // By another connection than the one that there is now.
    if (absl::IsFailedPrecondition(fit)) return fit;
    if (!told) {
      parts_->log.Write(telemetry::Severity::kWarning, "store_awaited",
                        {{"redis", parts_->configuration.redis.ToString()}, {"cause", std::string(fit.message())}});
    }
    told = true;
    if (parts_->stop_asked.WaitForNotificationWithTimeout(kStoreRetry)) return absl::CancelledError("stopped");
  }
  parts_->log.Write(telemetry::Severity::kInfo, "serving", {{"listen", address()}});
  parts_->StartCompanion();
  return absl::OkStatus();
}

void Application::Stop() {
  {
    absl::MutexLock lock(&parts_->serving_mutex);
    if (parts_->stopping) return;
    parts_->stopping = true;
  }
  parts_->stop_asked.Notify();
  parts_->StopCompanion();
  if (parts_->server != nullptr) {
    parts_->SetServing(false);
    parts_->log.Write(telemetry::Severity::kInfo, "draining");
    // Watchers go on elsewhere at once; a drain that waited for them would never end.
    parts_->watches->Stop();
    // Those who call meanwhile are told to go elsewhere, in words: once it shuts down, gRPC only cancels them.
    parts_->engine->Drain(parts_->configuration.drain_limit);
    // What is left are last bytes on their way. Connections that are merely open, and watches of the health, would
    // hold up the end for as long as they are let.
    parts_->server->Shutdown(absl::ToChronoTime(parts_->clock.Now() + kFlushLimit));
  }
  // Calls that were cut off at the limit still hold on to the parts until the store has answered.
  if (parts_->follower_client != nullptr) parts_->follower_client->Close();
  parts_->follower = nullptr;
  if (parts_->client != nullptr) parts_->client->Close();
  if (parts_->engine != nullptr) parts_->engine->Drain(parts_->configuration.redis_timeout);
  parts_->log.Write(telemetry::Severity::kInfo, "stopped");
}

std::string Application::address() const { return parts_->address; }

}  // namespace concord::app
