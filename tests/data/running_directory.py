"""A directory that is loaded from published files: where they are, the processes, what a client sees."""

import json
import os
import pathlib
import subprocess
import time

DATA = pathlib.Path(os.environ["CONCORD_DATA"])
BUILD = pathlib.Path(os.environ["CONCORD_BUILD"])
MEMBERS = DATA / "iso-members" / "members.csv"
COMMITTEES = DATA / "iso-open-data" / "iso_technical_committees_2025.jsonl.gz"
PROJECTS = DATA / "iso-work-programme" / "projects.jsonl.gz"
FIRST_DAY, SECOND_DAY = "2025-07-01", "2026-01-01"
INCOME = DATA / "country-groups" / "worldbank_class_history_FY1989-2026.csv.gz"
ALL = ("--members", MEMBERS, "--groups", DATA / "country-groups" / "unsd_m49_en.csv", "--income", INCOME,
       "--committees", COMMITTEES,
       "--work-items", PROJECTS, "--stage-projects",
       DATA / "iso-stage-history" / "standat_projects_2022-01.jsonl.gz", "--stage-events",
       DATA / "iso-stage-history" / "standat_stage_events_to_2022-01.csv.gz")
REFUSED = 2  # concordctl's exit code where rows were rejected; everything else is taken.


class Directory:
    """Services on a store of their own, all of them processes of this test."""

    def __init__(self, folder, services=("member",)):
        self.folder = pathlib.Path(folder)
        self.socket = self.folder / "redis.sock"
        (self.folder / "key").write_bytes(os.urandom(48))
        self.processes, self.services = {}, services
        self.start("redis")
        for service in services:
            self.start(service)

    def address(self, service):
        return f"unix:{self.folder}/{service}.sock"

    def start(self, name):
        self.processes[name] = self.start_redis() if name == "redis" else self.start_service(name)

    def start_redis(self):
        redis = os.environ.get("CONCORD_REDIS_SERVER") or "redis-server"
        return subprocess.Popen(
            [redis, "--port", "0", "--unixsocket", self.socket, "--dir", self.folder, "--save", "", "--appendonly", "yes",
             "--appendfsync", "always", "--maxmemory-policy", "noeviction"], stdout=subprocess.DEVNULL)

    def start_service(self, name):
        with open(self.folder / f"{name}.log", "ab") as log:
            return subprocess.Popen(
                [BUILD / "bin" / name, f"--listen={self.address(name)}", f"--redis=unix:{self.socket}",
                 f"--token_key_file={self.folder}/key", "--development"], stderr=log)

    def kill(self, name):
        """kill -9; returns when it has gone."""
        self.processes[name].kill()
        self.processes[name].wait()

    def close(self):
        for name in self.processes:
            self.kill(name)

    def wait(self):
        """Until the services serve."""
        end = time.monotonic() + 60
        while self.ctl("status", "--output", "json").stdout.count('"SERVING"') < len(self.services):
            if time.monotonic() > end:
                raise SystemExit("not all services serve:\n" + "\n".join(
                    (self.folder / f"{name}.log").read_text() for name in self.services))

    def command(self, *arguments):
        addresses = [word for name in self.services for word in (f"--{name}", self.address(name))]
        return [str(BUILD / "bin" / "concordctl"), *addresses, "--timeout", "120s", *map(str, arguments)]

    def ctl(self, *arguments):
        return subprocess.run(self.command(*arguments), capture_output=True, text=True, check=False)

    def load(self, *files, day=FIRST_DAY):
        """Imports; the document that the program prints, by collection, and the seconds it took."""
        began = time.monotonic()
        ran = self.ctl("directory", "import", "--date", day, "--output", "json", *files)
        took = time.monotonic() - began
        if ran.returncode not in (0, REFUSED):
            raise SystemExit(f"the import ended with {ran.returncode}:\n{ran.stdout[-2000:]}{ran.stderr[-4000:]}")
        document = json.loads(ran.stdout)
        document["by"] = {one["collection"]: one for one in document["collections"]}
        return document, took

    def redis_bytes(self):
        info = subprocess.run(["redis-cli", "-s", self.socket, "INFO", "memory"], capture_output=True, text=True, check=True)
        return int(next(line for line in info.stdout.splitlines() if line.startswith("used_memory:")).split(":")[1])

    def service_bytes(self, name="member"):
        """The most memory it ever had."""
        status = pathlib.Path(f"/proc/{self.processes[name].pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024


class Api:
    """What a client in another language sees."""

    def __init__(self, address):
        # pylint: disable=import-outside-toplevel
        import grpc
        from concord.member.v1 import committee_service_pb2, committee_service_pb2_grpc
        from concord.member.v1 import member_service_pb2, member_service_pb2_grpc
        from concord.member.v1 import work_programme_service_pb2, work_programme_service_pb2_grpc
        self.channel = grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", 64 << 20)])
        self.committees = committee_service_pb2_grpc.CommitteeServiceStub(self.channel)
        self.work = work_programme_service_pb2_grpc.WorkProgrammeServiceStub(self.channel)
        self.directory = member_service_pb2_grpc.MemberServiceStub(self.channel)
        self.member_requests = member_service_pb2
        self.requests, self.work_requests = committee_service_pb2, work_programme_service_pb2

    def all(self, method, request, rows):
        found, request.page_size = [], 1000
        while True:
            page = method(request, timeout=60)
            found += getattr(page, rows)
            request.page_token = page.next_page_token
            if not request.page_token:
                return found

    def members(self, **fields):
        return self.all(self.directory.ListMembers, self.member_requests.ListMembersRequest(**fields), "members")

    def list_committees(self):
        return self.all(self.committees.ListCommittees, self.requests.ListCommitteesRequest(), "committees")

    def participations(self, held="", parent="committees/-"):
        return self.all(self.committees.ListParticipations,
                        self.requests.ListParticipationsRequest(parent=parent, filter=held), "participations")

    def liaisons(self):
        return self.all(self.committees.ListLiaisons, self.requests.ListLiaisonsRequest(parent="committees/-"), "liaisons")

    def work_items(self, **fields):
        return self.all(self.work.ListWorkItems, self.work_requests.ListWorkItemsRequest(parent="committees/-", **fields),
                        "work_items")
