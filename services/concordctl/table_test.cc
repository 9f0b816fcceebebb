#include "services/concordctl/table.h"

#include <sstream>
#include <string>

#include "gtest/gtest.h"
#include "services/concordctl/display_text.h"

namespace concord::ctl {
namespace {

Table Example() {
  Table table({{"CODE"}, {"TITLE", Column::kFlexible}, {"DONE", Column::kNumber}});
  table.AddRow({{"1"}, {"Für alle da"}, {"5 %"}});
  table.AddRow({{"10.1"}, {"Short"}, {"100 %", Tone::kGood}});
  return table;
}

TEST(Table, AlignsColumnsAndNumbersToTheRight) {
  EXPECT_EQ(Example().Format({}),
            "CODE  TITLE         DONE\n"
            "1     Für alle da    5 %\n"
            "10.1  Short        100 %\n");
}

TEST(Table, CutsTheFlexibleColumnToTheWidthOfTheTerminal) {
  Table table({{"CODE"}, {"TITLE", Column::kFlexible}, {"STATE"}});
  table.AddRow({{"1"}, {"A title that is much too long for this"}, {"DRAFT"}});
  EXPECT_EQ(table.Format({.width = 30}),
            "CODE  TITLE              STATE\n"
            "1     A title that is …  DRAFT\n");
}

TEST(Table, NeverWritesALineWiderThanTheTerminal) {
  Table table({{"CODE"}, {"TITLE", Column::kFlexible}, {"NAME"}});
  table.AddRow({{"1"}, {"標準化 and a text"}, {"plans/iso-2011-2015/actions/1-1"}});
  for (int width = 1; width < 60; ++width) {
    std::istringstream lines(table.Format({.width = width}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(DisplayWidth(line), width) << line;
  }
}

TEST(Table, ShowsTonesOnlyWhereThereIsColour) {
  EXPECT_EQ(Example().Format({}).find('\033'), std::string::npos);
  EXPECT_NE(Example().Format({.colour = true}).find("\033[32m100 %\033[0m"), std::string::npos);
}

TEST(Table, IsEmptyWithoutRows) { EXPECT_EQ(Table({{"CODE"}}).Format({}), ""); }

TEST(Table, DefusesControlCharactersInCells) {
  Table table({{"T"}});
  table.AddRow({{"\033[2J"}});
  EXPECT_EQ(table.Format({.colour = false}), "T\n?[2J\n");
}

}  // namespace
}  // namespace concord::ctl
