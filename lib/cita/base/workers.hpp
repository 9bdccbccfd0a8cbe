// Threads that share one work: as many as can be had. What one of them throws is thrown again to whoever waits for them.
//
//   Workers workers([&] { … no more work is given out … });
//   workers.start(3, work);
//   workers.run(work);       // here too
//   workers.finish();
#pragma once

#include <exception>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace cita {

class Workers {
 public:
  /// `stop` makes all of them end soon; it is called on any thread when one of them throws, and at the end.
  explicit Workers(std::function<void()> stop) : stop_(std::move(stop)) {}
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers() {
    stop_();
    join();
  }

  /// Starts so many threads, or as many as the system gives. How many those are.
  template <class Work>
  std::size_t start(std::size_t count, const Work& work) {
    threads_.reserve(count);
    try {
      while (threads_.size() < count) threads_.emplace_back([this, &work] { run(work); });
    } catch (const std::system_error&) {
    }
    return threads_.size();
  }

  /// Works on this thread.
  template <class Work>
  void run(const Work& work) {
    try {
      work();
    } catch (...) {
      {
        const std::lock_guard lock(mutex_);
        if (!problem_) problem_ = std::current_exception();
      }
      stop_();
    }
  }

  /// Waits for all of them.
  void finish() {
    join();
    if (problem_) std::rethrow_exception(problem_);
  }

 private:
  void join() {
    for (std::thread& each : threads_)
      if (each.joinable()) each.join();
  }

  std::function<void()> stop_;
  std::mutex mutex_;
  std::exception_ptr problem_;
  std::vector<std::thread> threads_;
};

}  // namespace cita
