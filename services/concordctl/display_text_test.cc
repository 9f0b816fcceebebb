#include "services/concordctl/display_text.h"

#include "gtest/gtest.h"

namespace concord::ctl {
namespace {

TEST(DisplayWidth, CountsColumnsAndNotBytes) {
  EXPECT_EQ(DisplayWidth("plan"), 4);
  EXPECT_EQ(DisplayWidth("Zürich"), 6);
  EXPECT_EQ(DisplayWidth("e\xCC\x81tat"), 4) << "a combining accent takes no column";
  EXPECT_EQ(DisplayWidth("標準化"), 6);
  EXPECT_EQ(DisplayWidth("🚀"), 2);
}

TEST(CutToWidth, LeavesWhatFitsAlone) { EXPECT_EQ(CutToWidth("Zürich", 6), "Zürich"); }

TEST(CutToWidth, NeverCutsInsideACharacter) {
  EXPECT_EQ(CutToWidth("Zürich", 3), "Zü…");
  EXPECT_EQ(CutToWidth("標準化", 4), "標…") << "half of a wide character is no character";
  EXPECT_EQ(CutToWidth("ab", 1), "…");
}

TEST(Printable, TakesTheirPowerFromControlCharacters) {
  EXPECT_EQ(Printable("\x1b[31mred\x1b[0m"), "?[31mred?[0m");
  EXPECT_EQ(Printable("two\nlines\tand"), "two lines and");
  // NOLINTNEXTLINE(misc-misleading-bidirectional): that is what is tested.
  EXPECT_EQ(Printable("\xE2\x80\xAEtxt"), "?txt") << "the text after it would run backwards";
  EXPECT_EQ(Printable("\xC2\x9B"
                      "1m"),
            "?1m");
}

TEST(Printable, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(Printable("a\xFFz"), "a?z");
  EXPECT_EQ(Printable("a\xC3"), "a?");
  EXPECT_EQ(Printable("\xC0\x80"), "??") << "not the shortest form";
  EXPECT_EQ(Printable("\xED\xA0\x80"), "???") << "half of a pair";
}

}  // namespace
}  // namespace concord::ctl
