#include "compiler/diagnostics/sources.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace sources_test {

TEST(Sources, GivesLineAndColumnOfAnOffset) {
    Sources sources;
    const FileId file = sources.add("a.mlp", "one\ntwo\n");
    EXPECT_EQ(sources.position(file, 0).line, 1u);
    EXPECT_EQ(sources.position(file, 3).column, 4u);
    EXPECT_EQ(sources.position(file, 4).line, 2u);
    EXPECT_EQ(sources.position(file, 4).column, 1u);
    EXPECT_EQ(sources.position(file, 6).column, 3u);
}

TEST(Sources, CountsColumnsInCodePoints) {
    Sources sources;
    const FileId file = sources.add("a.mlp", "größe: x");
    EXPECT_EQ(sources.position(file, 7).column, 6u);  // ö and ß are two bytes each
    EXPECT_EQ(sources.position(file, 3).column, 3u);  // inside ö
}

TEST(Sources, PutsTheEndOfTheTextAfterItsLastNewline) {
    Sources sources;
    const FileId file = sources.add("a.mlp", "one\n");
    EXPECT_EQ(sources.position(file, 4).line, 2u);
    EXPECT_EQ(sources.position(file, 4).column, 1u);
    EXPECT_EQ(sources.position(file, 400).line, 2u);
    EXPECT_EQ(sources.line(file, 2), "");
}

TEST(Sources, GivesLinesWithoutTheirEnds) {
    Sources sources;
    const FileId file = sources.add("a.mlp", "one\r\ntwo");
    EXPECT_EQ(sources.line(file, 1), "one");
    EXPECT_EQ(sources.line(file, 2), "two");
    EXPECT_EQ(sources.line_begin(file, 2), 5u);
}

TEST(Sources, KeepsSeveralFilesApart) {
    Sources sources;
    const FileId first = sources.add("a.mlp", "a");
    const FileId second = sources.add("b.mlp", "b\nc");
    EXPECT_EQ(sources.count(), 2u);
    EXPECT_EQ(sources.path(first), "a.mlp");
    EXPECT_EQ(sources.text(second), "b\nc");
    EXPECT_EQ(sources.position(second, 2).line, 2u);
}

}  // namespace sources_test
}  // namespace mlpc
