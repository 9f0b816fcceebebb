// Each adds its commands to the tree.
#ifndef SERVICES_CONCORDCTL_COMMANDS_H_
#define SERVICES_CONCORDCTL_COMMANDS_H_

#include "services/concordctl/command_line.h"

namespace concord::ctl {

void AddPlanCommands(CommandLine& line);
void AddObjectiveCommands(CommandLine& line);
void AddIndicatorCommands(CommandLine& line);
void AddMeasurementCommands(CommandLine& line);
void AddActionCommands(CommandLine& line);
void AddDeliveryCommands(CommandLine& line);  // Milestones, reports, contributions, activities, risks.
void AddMemberCommands(CommandLine& line);
void AddCommitteeCommands(CommandLine& line);  // And who takes part in them: participations, experts, liaisons.
void AddWorkItemCommands(CommandLine& line);   // And national adoptions of them.
void AddBallotCommands(CommandLine& line);     // And votes.
void AddDirectoryCommands(CommandLine& line);
void AddScorecardCommand(CommandLine& line);
void AddFormulaCommands(CommandLine& line);
void AddPartyScorecardCommands(CommandLine& line);  // Of the groups member and committee, which must be there.
void AddReportCommands(CommandLine& line);          // Published reports, and trends.
void AddReportExportCommand(CommandLine& line, CLI::App& group);  // Of the group report.
void AddAttentionCommand(CommandLine& line);
void AddCompletenessCommand(CommandLine& line);
void AddForecastCommand(CommandLine& line);
void AddDutyCommands(CommandLine& line);  // And what has changed.
void AddHistoryCommand(CommandLine& line);
void AddWatchCommand(CommandLine& line);
void AddLedgerCommands(CommandLine& line);
void AddStatusCommand(CommandLine& line);
void AddCompletionCommand(CommandLine& line);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_COMMANDS_H_
