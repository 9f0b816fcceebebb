"""Calls to the services in Python, with messages made from the protos at run time."""

import pathlib

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


def framed(message):
    """A message as gRPC sends it: what h2load and bench_load read."""
    return b"\0" + len(message).to_bytes(4, "big") + message


def unframed(data):
    """The messages of such a file."""
    messages = []
    while data:
        size = int.from_bytes(data[1:5], "big")
        messages.append(data[5:5 + size])
        data = data[5 + size:]
    return messages


class Api:
    def __init__(self, build):
        files = descriptor_pb2.FileDescriptorSet.FromString(
            (pathlib.Path(build) / "protos" / "concord.binpb").read_bytes())
        self.pool = descriptor_pool.DescriptorPool()
        for file in files.file:
            self.pool.Add(file)
        self.factory = message_factory.MessageFactory(self.pool)
        self.channels = {}

    def type_of(self, name):
        return self.factory.GetPrototype(self.pool.FindMessageTypeByName(name))

    def method(self, path):
        """The descriptor of "/package.Service/Method"."""
        service, method = path.strip("/").split("/")
        return self.pool.FindServiceByName(service).methods_by_name[method]

    def request(self, path, **fields):
        return self.type_of(self.method(path).input_type.full_name)(**fields)

    def call_raw(self, address, path, request, seconds=60):
        """The answer's bytes, of a service or of a bare server. Waits for the server to be ready."""
        if address not in self.channels:
            self.channels[address] = grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", -1)])
        call = self.channels[address].unary_unary(path)
        return call(request, timeout=seconds, wait_for_ready=True)

    def stream(self, address, path, **fields):
        """The answers of a method that answers in pieces."""
        output = self.type_of(self.method(path).output_type.full_name)
        if address not in self.channels:
            self.channels[address] = grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", -1)])
        call = self.channels[address].unary_stream("/" + path.lstrip("/"), response_deserializer=output.FromString)
        return call(self.request(path, **fields).SerializeToString(), timeout=60, wait_for_ready=True)

    def call(self, address, path, seconds=60, **fields):
        answer = self.call_raw(address, path, self.request(path, **fields).SerializeToString(), seconds)
        return self.type_of(self.method(path).output_type.full_name).FromString(answer)
