using System.Diagnostics.Metrics;

namespace CrankMailer.Delivery;

/// <summary>Figures of the stage, <c>crankmailer.delivery.*</c>.</summary>
internal sealed class DeliveryMetrics
{
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _group;
    private readonly Histogram<double> _transaction;
    private readonly Counter<long> _errors;

    public DeliveryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("CrankMailer.Delivery");
        _attempts = meter.CreateCounter<long>("crankmailer.delivery.attempts", "{attempt}", "SMTP transactions, by verdict and lane. Worry when deferred or bounced outgrow accepted.");
        _commit = meter.CreateHistogram<double>("crankmailer.delivery.commit", "s", "Duration of a group commit. Worry above 0.05: the disk or the database is the brake.");
        _group = meter.CreateHistogram<int>("crankmailer.delivery.commit.rows", "{row}", "Rows that shared a group commit.");
        _transaction = meter.CreateHistogram<double>("crankmailer.delivery.transaction", "s", "Duration of an SMTP transaction, by relay.");
        _errors = meter.CreateCounter<long>("crankmailer.delivery.errors", "{error}", "Errors a loop of the pump went on after. Worry at any.");
    }

    public void Attempted(string verdict, string lane) => _attempts.Add(1, new("verdict", verdict), new KeyValuePair<string, object?>("lane", lane));

    public void Committed(int rows, TimeSpan took)
    {
        _commit.Record(took.TotalSeconds);
        _group.Record(rows);
    }

    public void Transaction(string relay, TimeSpan took) => _transaction.Record(took.TotalSeconds, new KeyValuePair<string, object?>("relay", relay));

    public void Error(string loop) => _errors.Add(1, new KeyValuePair<string, object?>("loop", loop));
}
