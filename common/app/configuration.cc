#include "common/app/configuration.h"

#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>

#include "CLI/CLI.hpp"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace concord::app {
namespace {

constexpr size_t kTokenKeyBytes = 32;

// The flags as they are written, before they are checked.
struct Flags {
  std::string redis;
  std::string token_key_file;
  std::string log_level = "info";
  double redis_timeout_seconds = 2;
  double drain_limit_seconds = 20;
  double idle_limit_seconds = 600;
  double watch_heartbeat_seconds = 10;
};

std::string EnvironmentNameOf(const std::string& flag) { return absl::StrCat("CONCORD_", absl::AsciiStrToUpper(flag)); }

void AddFlags(CLI::App& app, Configuration& configuration, Flags& flags) {
  const auto option = [&](const std::string& name, auto& value, const std::string& help) {
    return app.add_option("--" + name, value, help)->envname(EnvironmentNameOf(name))->capture_default_str();
  };
  const auto flag = [&](const std::string& name, bool& value, const std::string& help) {
    app.add_flag("--" + name, value, help)->envname(EnvironmentNameOf(name));
  };
  option("listen", configuration.listen, "where to serve: HOST:PORT (port 0: any free one) or unix:PATH")->required();
  option("redis", flags.redis, "the store: HOST:PORT or unix:PATH")->required();
  option("token_key_file", flags.token_key_file,
         "file with at least 32 random bytes, the same for all replicas of all services")
      ->required();
  flag("development", configuration.development,
       "let everybody who can reach this service do everything; only on loopback or a unix socket");
  option("metrics_listen", configuration.metrics_listen,
         "where to serve metrics over HTTP, HOST:PORT; absent: nowhere");
  option("replicas", configuration.replicas, "replicas of the store that must have a write before it is acknowledged")
      ->check(CLI::Range(0, 10));
  flag("accept_data_loss", configuration.accept_data_loss, "serve from a store that may lose acknowledged writes");
  option("redis_timeout", flags.redis_timeout_seconds, "seconds to wait for an answer of the store")
      ->check(CLI::Range(0.05, 60.0));
  option("drain_limit", flags.drain_limit_seconds, "seconds that calls under way may take at a stop")
      ->check(CLI::Range(0.0, 600.0));
  option("idle_limit", flags.idle_limit_seconds, "seconds after which a scope that nobody asks for leaves memory")
      ->check(CLI::Range(1.0, 86'400.0));
  option("calls_limit", configuration.calls_limit, "calls under way at once")->check(CLI::Range(1, 1'000'000));
  option("views_limit", configuration.views_limit, "scopes in memory at once")->check(CLI::Range(10, 1'000'000));
  option("watches_limit", configuration.watches_limit, "watches open at once")->check(CLI::Range(1, 100'000));
  option("watch_queue_bytes", configuration.watch_queue_bytes,
         "bytes of messages that may wait for one watcher; more cut him off")
      ->check(CLI::Range(1'024, 1 << 30));
  option(
      "transport_bytes_limit", configuration.transport_bytes_limit,
      "bytes of memory for connections and for what is being received over them; near it no new connections are taken, "
      "beyond it calls that are still being received are cancelled")
      ->check(CLI::Range(16 << 20, std::numeric_limits<int>::max()));
  option("watch_heartbeat", flags.watch_heartbeat_seconds,
         "seconds between messages to a watcher for whom nothing is new")
      ->check(CLI::Range(0.05, 12.0));
  option("log_level", flags.log_level, "debug, info, warning or error");
}

void AddOwnFlags(CLI::App& app, const ServiceDefinition& service, Configuration& configuration) {
  for (const OwnFlag& flag : service.flags) {
    std::string& value = configuration.own[flag.name];
    value = flag.standard;
    app.add_option("--" + flag.name, value, flag.help)->envname(EnvironmentNameOf(flag.name))->capture_default_str();
  }
}

absl::Status CheckOwnFlags(const ServiceDefinition& service, const Configuration& configuration) {
  for (const OwnFlag& flag : service.flags) {
    const std::string& value = configuration.own.at(flag.name);
    const std::string wrong = flag.wrong ? flag.wrong(value) : "";
    if (!wrong.empty()) return absl::InvalidArgumentError(absl::StrCat("--", flag.name, ": ", value, " ", wrong));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadKey(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  if (!file) return absl::InvalidArgumentError(absl::StrCat("--token_key_file: cannot read ", path));
  if (content.str().size() < kTokenKeyBytes) {
    return absl::InvalidArgumentError(absl::StrCat("--token_key_file: ", path, " has fewer than 32 bytes"));
  }
  return content.str();
}

absl::Status CheckListen(const std::string& flag, const std::string& address, bool must_be_local) {
  const bool is_unix = absl::StartsWith(address, "unix:");
  if (!is_unix && address.rfind(':') == std::string::npos) {
    return absl::InvalidArgumentError(absl::StrCat("--", flag, ": ", address, " is neither HOST:PORT nor unix:PATH"));
  }
  if (must_be_local && !IsLocal(address)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--", flag, ": ", address, " can be reached from beyond this machine, which needs authentication"));
  }
  return absl::OkStatus();
}

absl::Status Complete(const Flags& flags, Configuration& configuration) {
  auto address = redis::ParseAddress(flags.redis);
  if (!address.ok()) return absl::InvalidArgumentError(absl::StrCat("--redis: ", address.status().message()));
  configuration.redis = *std::move(address);
  if (!configuration.development) {
    return absl::InvalidArgumentError(
        "no way to know callers is configured: give --development to serve everybody on this machine");
  }
  CONCORD_RETURN_IF_ERROR(CheckListen("listen", configuration.listen, configuration.development));
  if (!configuration.metrics_listen.empty()) {
    CONCORD_RETURN_IF_ERROR(CheckListen("metrics_listen", configuration.metrics_listen, true));
  }
  if (!telemetry::ParseSeverity(flags.log_level, configuration.log_level)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--log_level: ", flags.log_level, " is none of debug, info, warning, error"));
  }
  CONCORD_ASSIGN_OR_RETURN(configuration.token_key, ReadKey(flags.token_key_file));
  configuration.redis_timeout = absl::Seconds(flags.redis_timeout_seconds);
  configuration.drain_limit = absl::Seconds(flags.drain_limit_seconds);
  configuration.idle_limit = absl::Seconds(flags.idle_limit_seconds);
  configuration.watch_heartbeat = absl::Seconds(flags.watch_heartbeat_seconds);
  return absl::OkStatus();
}

}  // namespace

bool IsLocal(const std::string& listen) {
  if (absl::StartsWith(listen, "unix:")) return true;
  const std::string host = listen.substr(0, listen.rfind(':'));
  return host == "localhost" || host == "[::1]" || absl::StartsWith(host, "127.");
}

absl::StatusOr<Configuration> ParseConfiguration(const ServiceDefinition& service, int argc, const char* const* argv) {
  CLI::App app(absl::StrCat("Concord's ", service.name, " service."), service.name);
  app.set_version_flag("--version", std::string("concord ") + CONCORD_VERSION);
  Configuration configuration;
  Flags flags;
  AddFlags(app, configuration, flags);
  AddOwnFlags(app, service, configuration);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return absl::CancelledError(app.help());
  } catch (const CLI::CallForVersion& version) {
    return absl::CancelledError(absl::StrCat(version.what(), "\n"));
  } catch (const CLI::ParseError& error) {
    return absl::InvalidArgumentError(error.what());
  }
  CONCORD_RETURN_IF_ERROR(Complete(flags, configuration));
  CONCORD_RETURN_IF_ERROR(CheckOwnFlags(service, configuration));
  return configuration;
}

}  // namespace concord::app
