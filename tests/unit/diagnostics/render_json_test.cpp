#include "compiler/diagnostics/render.h"
#include "tests/unit/diagnostics/span_of.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace render_json_test {

constexpr DiagnosticOf<std::string> an_error{{"Z001", Severity::Error, "`{}` is wrong"}};

TEST(RenderJson, OneRecordInFull) {
    Sources sources;
    const FileId file = sources.add("größe.mlp", "# ö\nseed best\n");
    Diagnostics diags;
    diags.report(span_of(sources, file, "best"), an_error, "best")
        .note(span_of(sources, file, "seed"), "here")
        .help("write an integer")
        .fix(span_of(sources, file, "best"), "42", "take 42");
    EXPECT_EQ("\n" + render_json(diags.sorted(), sources), R"(
[
  {
    "code": "Z001",
    "severity": "error",
    "message": "`best` is wrong",
    "file": "größe.mlp",
    "line": 2,
    "column": 6,
    "end_line": 2,
    "end_column": 10,
    "begin": 10,
    "end": 14,
    "labels": [
      {
        "file": "größe.mlp",
        "line": 2,
        "column": 1,
        "end_line": 2,
        "end_column": 5,
        "begin": 5,
        "end": 9,
        "text": "here"
      }
    ],
    "helps": [
      "write an integer"
    ],
    "fixes": [
      {
        "file": "größe.mlp",
        "line": 2,
        "column": 6,
        "end_line": 2,
        "end_column": 10,
        "begin": 10,
        "end": 14,
        "replacement": "42",
        "title": "take 42"
      }
    ]
  }
]
)");
}

TEST(RenderJson, NothingToSayIsAnEmptyArray) { EXPECT_EQ(render_json({}, Sources{}), "[]\n"); }

TEST(RenderJson, BrokenUtf8InAMessageIsReplaced) {
    Sources sources;
    const FileId file = sources.add("a.mlp", "x");
    Diagnostics diags;
    diags.report({file, 0, 1}, an_error, "\xFF");
    EXPECT_NE(render_json(diags.sorted(), sources).find("`\uFFFD` is wrong"), std::string::npos);
}

}  // namespace render_json_test
}  // namespace mlpc
