// Passwords in texts that name a server: `postgresql://ann:secret@host/db`, `host=db password=secret`.
#pragma once

#include <string>
#include <string_view>

namespace mlpc {

bool holds_password(std::string_view text);
// The text with every byte of a password replaced by `*`.
std::string hide_passwords(std::string_view text);

}  // namespace mlpc
