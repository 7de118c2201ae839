// How many terminal columns a code point takes, without the process's locale, which would make output differ by machine.
#pragma once

namespace mlpc {

// 0 for combining and format characters, 2 for East Asian wide ones, else 1; by Unicode 14.
int code_point_width(char32_t code_point);

}  // namespace mlpc
