#include "compiler/driver/report_findings.h"

namespace mlpc {

namespace {

void report_check(const Finding& f, Diagnostics& diags) {
    std::string what = f.detail;
    if (f.count > 0) {
        what = fmt::format("{} row{}, first row{} {}{}", f.count, f.count == 1 ? "" : "s", f.count == 1 ? "" : "s", f.other,
                           f.detail.empty() ? "" : " (" + f.detail + ")");
    }
    if (f.warning) {
        diags.report(f.span, diag::CheckWarned, f.subject, what);
    } else {
        diags.report(f.span, diag::CheckFailed, f.subject, what).help("mend the data or the rule; `else warn` reports without stopping");
    }
}

}  // namespace

void report_findings(const std::vector<Finding>& findings, Diagnostics& diags) {
    for (const Finding& f : findings) {
        switch (f.kind) {
            case Finding::Kind::CheckFailed:
                report_check(f, diags);
                break;
            case Finding::Kind::Duplicates:
                diags.report(f.span, diag::DuplicatesAcrossPartitions, fmt::format("{} row{}", f.count, f.count == 1 ? "" : "s"), f.subject)
                    .help("`duplicates drop` in the split keeps the first of equal rows, `duplicates group` keeps them on one side");
                break;
            case Finding::Kind::PerfectFeature:
                diags.report(f.span, diag::AlmostPerfectFeature, f.subject, f.other, f.measure, f.value)
                    .help(fmt::format("`ignore {}` in the schema, or say that it is right: `allow L111 because \"…\"`", f.subject));
                break;
            case Finding::Kind::CutOutOfTime:
                diags.report(f.span, diag::TimeShuffled, f.subject)
                    .help(fmt::format("`{}` looks back: {}", f.other, f.detail))
                    .help("score what comes later: `test from DATE`, `folds forward 5`");
                break;
            case Finding::Kind::TargetTooLate:
                diags.report(f.span, diag::TargetAsFeature, f.subject, f.detail)
                    .help("look further back: more `steps` of `lag`, or `skip` rows in `rolling`; or leave out the gap if a target is known at once");
                break;
            case Finding::Kind::TrainedOnTest:
                diags.report(f.span, diag::TrainedOnScoredRows, f.subject, f.detail, f.other)
                    .help("score on rows of another file, or say why it is right: `allow L117 because \"…\"`");
                break;
            case Finding::Kind::SameContent:
                diags.report(f.span, diag::SameRowsOnBothSides, fmt::format("the content of `{}`", f.subject), f.other);
                break;
        }
    }
}

}  // namespace mlpc
