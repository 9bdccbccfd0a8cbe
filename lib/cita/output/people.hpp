// Who is called what in a report: a person by name only where the account that names the person records consent.
#pragma once

#include <cita/model/incident.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace cita {

class People {
 public:
  explicit People(const Incident& incident);

  /// "the CA", "the reporter", "the reporter (2)" where there are two of them, "Matt Palmer" where that person agreed.
  const std::string& called(int account) const { return called_[static_cast<std::size_t>(account)]; }

  /// A neutralised text in which nobody is named who has not agreed to it: "the reporter" stands there instead.
  std::string without_names(std::string text);
  /// Accounts whose person a text named without consent so far, in the order of the file.
  const std::vector<int>& found() const { return found_; }

 private:
  struct Secret {
    int account = none;
    std::vector<std::string> words;  // of the name, in lower case
    std::string instead;
  };

  std::vector<std::string> called_;
  std::vector<Secret> secrets_;
  std::vector<int> found_;
};

/// "the reporter", "everybody".
std::string_view called(Addressee addressee);

}  // namespace cita
