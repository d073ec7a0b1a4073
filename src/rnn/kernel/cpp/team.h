#pragma once
#include <atomic>
#include <thread>
#include <vector>

// A team of threads that does one piece of work at a time, the caller among them. Between two pieces they wait awake
// for a moment, since the phases of a training step follow closely, and then sleep.
class Team {
 public:
  // Throws std::system_error when the system gives no more threads.
  explicit Team(int size) {
    try {
      for (int index = 1; index < size; index++) helpers_.emplace_back([this, index] { help(index); });
    } catch (...) {
      dismiss();
      throw;
    }
  }

  ~Team() { dismiss(); }

  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  static void run(void* team, void (*work)(void*, int), void* context) { ((Team*)team)->all(work, context); }

 private:
  void dismiss() {
    stopping_ = true;
    round_.fetch_add(1);
    round_.notify_all();
    for (std::thread& helper : helpers_) helper.join();
  }

  void all(void (*work)(void*, int), void* context) {
    work_ = work;
    context_ = context;
    busy_ = (int)helpers_.size();
    round_.fetch_add(1);
    round_.notify_all();
    work(context, 0);
    wait(busy_, [](int busy) { return busy == 0; });
  }

  void help(int index) {
    for (unsigned seen = 0;;) {
      wait(round_, [&](unsigned round) { return round != seen; });
      seen = round_;
      if (stopping_) return;
      work_(context_, index);
      if (busy_.fetch_sub(1) == 1) busy_.notify_all();
    }
  }

  // Lets the core's other thread work meanwhile.
  static void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
  }

  template <typename T, typename Ready>
  static void wait(std::atomic<T>& value, Ready ready) {
    for (int spin = 0; spin < 5000; spin++) {
      if (ready(value.load())) return;
      pause();
    }
    for (T now = value.load(); !ready(now); now = value.load()) value.wait(now);
  }

  std::vector<std::thread> helpers_;
  std::atomic<unsigned> round_{0};
  std::atomic<int> busy_{0};
  std::atomic<bool> stopping_{false};
  void (*work_)(void*, int) = nullptr;
  void* context_ = nullptr;
};
