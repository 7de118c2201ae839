#include "compiler/diagnostics/display_line.h"

#include "compiler/diagnostics/code_point_width.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace display_line_test {

TEST(DisplayLine, ExpandsTabsToStops) {
    const DisplayLine line = display_line("\ta\tb");
    EXPECT_EQ(visible_text("\ta\tb"), "    a   b");
    EXPECT_EQ(begin_column(line, 1), 4u);
    EXPECT_EQ(begin_column(line, 3), 8u);
}

TEST(DisplayLine, GivesWideCharactersTwoColumns) {
    const DisplayLine line = display_line("年収: x");
    EXPECT_EQ(begin_column(line, 3), 2u);
    EXPECT_EQ(begin_column(line, 6), 4u);
    EXPECT_EQ(line.width, 7u);
}

TEST(DisplayLine, PutsCombiningCharactersOnTheirBase) {
    const DisplayLine line = display_line("e\u0301a");
    EXPECT_EQ(line.width, 2u);
    EXPECT_EQ(end_column(line, 1), 1u);
    EXPECT_EQ(end_column(line, 3), 1u);
    EXPECT_EQ(begin_column(line, 1), 0u);
    EXPECT_EQ(begin_column(line, 3), 1u);
}

TEST(DisplayLine, ShowsWhatATerminalWouldActOn) {
    EXPECT_EQ(visible_text("a\x1b[31mb"), "a␛[31mb");
    EXPECT_EQ(visible_text("a\u202Eb"), "a\uFFFDb");
    EXPECT_EQ(visible_text("a\x7F"), "a␡");
}

TEST(DisplayLine, ShowsBrokenUtf8) {
    EXPECT_EQ(visible_text("a\xFFz"), "a\uFFFDz");
    EXPECT_EQ(visible_text("a\xC3"), "a\uFFFD");
    EXPECT_EQ(visible_text("a\xE2\x82z"), "a\uFFFD\uFFFDz");
}

TEST(DisplayLine, BeyondTheEndIsTheWidth) {
    const DisplayLine line = display_line("ab");
    EXPECT_EQ(begin_column(line, 2), 2u);
    EXPECT_EQ(end_column(line, 99), 2u);
}

TEST(CodePointWidth, FollowsUnicode) {
    EXPECT_EQ(code_point_width('a'), 1);
    EXPECT_EQ(code_point_width(U'é'), 1);
    EXPECT_EQ(code_point_width(0x0301), 0);
    EXPECT_EQ(code_point_width(0x200D), 0);
    EXPECT_EQ(code_point_width(U'年'), 2);
    EXPECT_EQ(code_point_width(0x1F600), 2);
    EXPECT_EQ(code_point_width(0xFF21), 2);
    EXPECT_EQ(code_point_width(0xAD), 1);
}

}  // namespace display_line_test
}  // namespace mlpc
