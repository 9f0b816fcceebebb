#!/usr/bin/python3
"""The life of an indicator and its measurements, told by a client in another language.

    measurement_life_test.py --build build/release

Starts the delivered objective service on a redis-server of its own and speaks to it with stubs that protoc made, so
that what is seen is what any client sees: fields, statuses, error reasons with their metadata.
"""

import argparse
import datetime
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "faults"))

import stubs  # noqa: E402  (found through the path set above)

BUILD = None


def setUpModule():  # pylint: disable=invalid-name
    """Makes the generated modules importable; they are made for the build that is tested."""
    stubs.load(BUILD)
    # pylint: disable=import-outside-toplevel,global-statement
    global grpc, cluster, status_pb2, error_details_pb2, pb, services
    import grpc as grpc_module
    import cluster as cluster_module
    from google.rpc import error_details_pb2 as details
    from google.rpc import status_pb2 as status
    from concord.objective.v1 import indicator_pb2, measurement_pb2, objective_pb2, plan_pb2
    from concord.objective.v1 import indicator_service_pb2, measurement_service_pb2
    from concord.objective.v1 import objective_service_pb2, plan_service_pb2
    from concord.objective.v1 import indicator_service_pb2_grpc, measurement_service_pb2_grpc
    from concord.objective.v1 import objective_service_pb2_grpc, plan_service_pb2_grpc
    grpc, cluster, status_pb2, error_details_pb2 = grpc_module, cluster_module, status, details

    class Names:
        """Everything of some modules under one name."""

        def __init__(self, *modules):
            for module in modules:
                vars(self).update({name: value for name, value in vars(module).items() if name[0].isupper()})

    pb = Names(plan_pb2, objective_pb2, indicator_pb2, measurement_pb2, plan_service_pb2, objective_service_pb2,
               indicator_service_pb2, measurement_service_pb2)
    services = Names(plan_service_pb2_grpc, objective_service_pb2_grpc, indicator_service_pb2_grpc,
                     measurement_service_pb2_grpc)


def date(year, month, day):
    """A day as the API has it."""
    from google.type import date_pb2  # pylint: disable=import-outside-toplevel
    return date_pb2.Date(year=year, month=month, day=day)


def quarter(year, number):
    """A quarter of the calendar, 1 to 4."""
    first = datetime.date(year, 3 * number - 2, 1)
    after = datetime.date(year + number // 4, 3 * (number % 4) + 1, 1)
    last = after - datetime.timedelta(days=1)
    return pb.Period(start_date=date(first.year, first.month, first.day),
                     end_date=date(last.year, last.month, last.day))


class MeasurementLifeTest(unittest.TestCase):
    OBJECTIVE = "plans/p/objectives/o"
    INDICATOR = OBJECTIVE + "/indicators/courses"

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        running = cluster.Cluster(pathlib.Path(BUILD) / "bin", self.folder.name, replicas=1, services=("objective",))
        self.addCleanup(running.__exit__)
        running.start()
        channel = grpc.insecure_channel(running.address(running.replicas[0]))
        self.addCleanup(channel.close)
        self.plans = services.PlanServiceStub(channel)
        self.objectives = services.ObjectiveServiceStub(channel)
        self.indicators = services.IndicatorServiceStub(channel)
        self.measurements = services.MeasurementServiceStub(channel)
        self.make_plan()

    def make_plan(self):
        """A plan of five years with one objective and one cumulative indicator, measured each quarter."""
        plan = pb.Plan(title="A plan", organization=pb.Organization(title="An organisation"),
                       period=pb.Period(start_date=date(2011, 1, 1), end_date=date(2015, 12, 31)))
        self.plans.CreatePlan(pb.CreatePlanRequest(plan_id="p", plan=plan), timeout=10)
        objective = pb.Objective(title="An objective", code="1")
        self.objectives.CreateObjective(
            pb.CreateObjectiveRequest(parent="plans/p", objective_id="o", objective=objective), timeout=10)
        indicator = pb.Indicator(
            title="Courses held", code="1.a", unit="courses", scale=0, direction=pb.Indicator.DIRECTION_INCREASE,
            kind=pb.Indicator.KIND_CUMULATIVE, frequency=pb.Indicator.FREQUENCY_QUARTERLY,
            source=pb.Indicator.SOURCE_PEOPLE, due_days=30)
        indicator.baseline.value.value = "0"
        indicator.targets.add(date=date(2015, 12, 31)).value.value = "120"
        created = self.indicators.CreateIndicator(
            pb.CreateIndicatorRequest(parent=self.OBJECTIVE, indicator_id="courses", indicator=indicator), timeout=10)
        self.assertEqual(created.name, self.INDICATOR)

    def create(self, name, period, value=None, **fields):
        """A draft with evidence."""
        measurement = pb.Measurement(period=period, **fields)
        if value is not None:
            measurement.value.value = value
            measurement.evidence.add(title="The register", uri="https://example.org/register")
        return self.measurements.CreateMeasurement(pb.CreateMeasurementRequest(
            parent=self.INDICATOR, measurement_id=name, measurement=measurement), timeout=10)

    def submit(self, name):
        return self.measurements.SubmitMeasurement(pb.SubmitMeasurementRequest(name=name), timeout=10)

    def approve(self, name):
        return self.measurements.ApproveMeasurement(pb.ApproveMeasurementRequest(name=name), timeout=10)

    def assert_refused(self, reason, call, *arguments, domain="concord.objective.v1", **fields):
        """That the call fails with one reason of our own; its metadata."""
        with self.assertRaises(grpc.RpcError) as raised:
            call(*arguments, **fields)
        trailers = dict(raised.exception.trailing_metadata())
        status = status_pb2.Status.FromString(trailers["grpc-status-details-bin"])
        infos = [detail for detail in status.details if detail.Is(error_details_pb2.ErrorInfo.DESCRIPTOR)]
        self.assertEqual(len(infos), 1)
        info = error_details_pb2.ErrorInfo()
        infos[0].Unpack(info)
        self.assertEqual((info.domain, info.reason), (domain, reason))
        return dict(info.metadata)

    def test_a_value_comes_into_force_and_is_corrected(self):
        first = self.create("q1", quarter(2011, 1), "12")
        self.assertEqual(first.status, pb.Measurement.STATUS_DRAFT)
        self.assert_refused("WRONG_MEASUREMENT_STATUS", self.approve, first.name)
        self.submit(first.name)
        returned = self.measurements.ReturnMeasurement(
            pb.ReturnMeasurementRequest(name=first.name, reason="One was counted twice."), timeout=10)
        self.assertEqual(returned.return_reason, "One was counted twice.")
        mended = pb.Measurement(name=first.name)
        mended.value.value = "11"
        self.measurements.UpdateMeasurement(pb.UpdateMeasurementRequest(measurement=mended), timeout=10)
        self.submit(first.name)
        self.assertEqual(self.approve(first.name).status, pb.Measurement.STATUS_APPROVED)

        second = self.create("q1-corrected", quarter(2011, 1), "10", supersedes=first.name)
        self.submit(second.name)
        self.approve(second.name)
        was = self.measurements.GetMeasurement(pb.GetMeasurementRequest(name=first.name), timeout=10)
        self.assertEqual(was.status, pb.Measurement.STATUS_SUPERSEDED)
        self.assertEqual(was.superseded_by, second.name)
        self.assertEqual(was.value.value, "11")

    def test_zero_is_a_value_and_not_known_is_another_thing(self):
        zero = self.create("zero", quarter(2011, 1), "0")
        self.assertTrue(self.submit(zero.name).HasField("value"))
        unknown = self.create("unknown", quarter(2011, 2), no_data=pb.NoData(reason="The register was closed."))
        submitted = self.submit(unknown.name)
        self.assertEqual(submitted.WhichOneof("result"), "no_data")
        empty = self.create("empty", quarter(2011, 3))
        self.assert_refused("RESULT_MISSING", self.submit, empty.name)

    def test_what_has_come_so_far_never_falls_in_whatever_order_it_is_told(self):
        for name, period, value in (("q4", quarter(2011, 4), "40"), ("q2", quarter(2011, 2), "20")):
            self.create(name, period, value)
            self.submit(f"{self.INDICATOR}/measurements/{name}")
            self.approve(f"{self.INDICATOR}/measurements/{name}")
        too_much = self.create("q1", quarter(2011, 1), "21")
        metadata = self.assert_refused("CUMULATIVE_FALLS", self.submit, too_much.name)
        self.assertEqual(metadata["other"], f"{self.INDICATOR}/measurements/q2")
        self.assertEqual(metadata["other_value"], "20")
        fits = self.create("q3", quarter(2011, 3), "20")
        self.submit(fits.name)
        self.assertEqual(self.approve(fits.name).status, pb.Measurement.STATUS_APPROVED)

    def test_periods_are_whole_ones(self):
        wrong = quarter(2011, 1)
        wrong.start_date.day = 2
        metadata = self.assert_refused("PERIOD_UNKNOWN", self.create, "q1", wrong, "1")
        self.assertEqual(metadata["nearest"], "2011-01-01/2011-03-31")
        self.assertEqual(metadata["frequency"], "QUARTERLY")

    def test_a_measured_indicator_keeps_its_meaning(self):
        self.create("q1", quarter(2011, 1), "1")
        changed = pb.Indicator(name=self.INDICATOR, unit="hours")
        metadata = self.assert_refused("INDICATOR_MEASURED", self.indicators.UpdateIndicator,
                                       pb.UpdateIndicatorRequest(indicator=changed), timeout=10)
        self.assertEqual(metadata["field"], "unit")

    def test_a_list_is_filtered_and_ordered(self):
        for number, value in ((1, "3"), (2, "5"), (3, "9")):
            self.create(f"q{number}", quarter(2011, number), value)
        page = self.measurements.ListMeasurements(pb.ListMeasurementsRequest(
            parent=self.INDICATOR, filter="value >= 5", order_by="period.start_date desc"), timeout=10)
        self.assertEqual([row.value.value for row in page.measurements], ["9", "5"])
        self.assert_refused("INVALID_REQUEST", self.measurements.ListMeasurements,
                            pb.ListMeasurementsRequest(parent=self.INDICATOR, filter="colour = red"), timeout=10,
                            domain="concord.rpc.v1")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    known, rest = parser.parse_known_args()
    BUILD = known.build
    # Pipes of processes that were killed are closed with them.
    unittest.main(argv=[sys.argv[0], *rest], warnings="ignore")
