using Selfservice.Delivery;

namespace Selfservice.Courier.Delivery;

/// <summary>Wakes the courier's worker when a message was committed.</summary>
internal sealed class CourierSignal(TimeProvider time) : WorkSignal(time);
