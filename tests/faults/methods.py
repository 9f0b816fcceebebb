"""The methods that an attack uses: where each lives, what it takes, what it answers.

stubs.load() must have run before this is imported.
"""

from concord.action.v1 import action_pb2, action_service_pb2
from concord.ledger.v1 import ledger_service_pb2
from concord.objective.v1 import objective_pb2, objective_service_pb2, plan_pb2, plan_service_pb2
from concord.reporting.v1 import reporting_service_pb2, scorecard_pb2

PLAN = "plans/attack"

SERVICE, PATHS, ANSWERS, REQUESTS = {}, {}, {}, {}


def add(service, package, methods, module, answer):
    """Makes methods known: who serves them, and what they take and answer."""
    for method in methods.split():
        SERVICE[method] = service
        PATHS[method] = f"/{package}/{method}"
        ANSWERS[method] = answer
        REQUESTS[method] = getattr(module, method + "Request")


add("objective", "concord.objective.v1.PlanService", "GetPlan CreatePlan UpdatePlan ActivatePlan",
     plan_service_pb2, plan_pb2.Plan)
add("objective", "concord.objective.v1.ObjectiveService",
     "GetObjective CreateObjective UpdateObjective DeleteObjective UndeleteObjective",
     objective_service_pb2, objective_pb2.Objective)
add("objective", "concord.objective.v1.ObjectiveService", "ListObjectives",
     objective_service_pb2, objective_service_pb2.ListObjectivesResponse)
add("action", "concord.action.v1.ActionService",
     "GetAction CreateAction UpdateAction DeleteAction UndeleteAction ApproveAction StartAction HoldAction "
     "ResumeAction CompleteAction CancelAction",
     action_service_pb2, action_pb2.Action)
add("action", "concord.action.v1.ActionService", "ListActions",
     action_service_pb2, action_service_pb2.ListActionsResponse)
add("reporting", "concord.reporting.v1.ReportingService", "GetScorecard",
     reporting_service_pb2, scorecard_pb2.Scorecard)
add("reporting", "concord.reporting.v1.ReportingService", "ListActionScores",
     reporting_service_pb2, reporting_service_pb2.ListActionScoresResponse)
# Every service answers for the ledger; any of them will do.
add("action", "concord.ledger.v1.LedgerService", "ListResourceRevisions",
     ledger_service_pb2, ledger_service_pb2.ListResourceRevisionsResponse)


def action(code, title, links, dependencies=()):
    """An action as it is sent with Create; links are objectives that it contributes to."""
    message = action_pb2.Action(code=code, title=title, dependencies=dependencies)
    for objective in links:
        message.objective_links.add(objective=objective, kind=action_pb2.ObjectiveLink.KIND_CONTRIBUTES)
    return message


def plan():
    """A plan as it is sent with Create."""
    message = plan_pb2.Plan(title="Under attack")
    message.organization.title = "Nobody"
    message.period.start_date.year, message.period.end_date.year = 2011, 2035
    for date, month, day in ((message.period.start_date, 1, 1), (message.period.end_date, 12, 31)):
        date.month, date.day = month, day
    return message
